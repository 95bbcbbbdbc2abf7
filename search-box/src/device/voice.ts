/** Speech to text, where the browser has it. */

/** The part of the Web Speech API that is used; TypeScript's DOM library does not have it. */
interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  start(): void;
  abort(): void;
}
interface RecognitionEvent extends Event {
  readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }> & { readonly isFinal: boolean }>;
}
type RecognitionType = new () => Recognition;

export interface Listener {
  heard(text: string, isFinal: boolean): void;
  /** Also after a failure. */
  ended(hasHeard: boolean): void;
}

function recognition(): RecognitionType | undefined {
  const { SpeechRecognition, webkitSpeechRecognition } = window as {
    SpeechRecognition?: RecognitionType;
    webkitSpeechRecognition?: RecognitionType;
  };
  return SpeechRecognition ?? webkitSpeechRecognition;
}

export const canListen = (): boolean => recognition() !== undefined;

/** Listens until the speaker pauses. @returns what stops it */
export function listen(lang: string, listener: Listener): () => void {
  const Type = recognition();
  if (Type === undefined) return () => undefined;
  const speech = new Type();
  let hasHeard = false;
  speech.lang = lang;
  speech.interimResults = true;
  speech.addEventListener('result', (event) => {
    const results = Array.from((event as RecognitionEvent).results);
    const text = results.map((result) => result[0]?.transcript ?? '').join(' ');
    hasHeard ||= text.trim() !== '';
    listener.heard(
      text,
      results.every(({ isFinal }) => isFinal),
    );
  });
  speech.addEventListener('end', () => listener.ended(hasHeard));
  try {
    speech.start();
  } catch {
    listener.ended(false);
  }
  return () => speech.abort();
}
