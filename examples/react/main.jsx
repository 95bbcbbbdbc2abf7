import '@justuju/search';
import { useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

const HOST = 'http://127.0.0.1:3000';

/** React 19 sets attributes of custom elements as they are written. A query of your own goes in by `search`. */
function App() {
  const box = useRef(null);
  const [theme, setTheme] = useState('light');
  return (
    <>
      <h1>React</h1>
      <button type="button" onClick={() => box.current.search('پانی')}>
        پانی
      </button>
      <button type="button" onClick={() => setTheme(theme === 'light' ? 'dark' : 'light')}>
        {theme}
      </button>
      <justuju-search ref={box} host={HOST} index="articles" theme={theme} />
    </>
  );
}

createRoot(document.querySelector('#root')).render(<App />);
