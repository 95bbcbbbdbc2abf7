/** Desks of a newsroom, as lines name them ("ویب ڈیسک"): nobody's name, and no part of a text. For patterns over folded text. */
export const DESK_NAME =
  '(?:ویب|آن لائن|سٹی|نیوز|مانیٹرنگ|سپورٹس|اسپورٹس|انٹرنیشنل|کامرس|شوبز|کھیل|بزنس|سائنس|ہیلتھ|ٹیکنالوجی|انٹرٹینمنٹ|کرائم|لائف ا?سٹائل|ڈیجیٹل|web|news|sports|monitoring) ?(?:ڈیسک|desk)';
