// Stands for the voices of a device, before any script of the page: `standIn.said` is what it was given to read, `standIn.end()` ends what it reads now.
(() => {
  const standIn = { said: [], voices: [], current: null, byItself: false };
  globalThis.standIn = standIn;
  globalThis.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  standIn.end = () => {
    const done = standIn.current;
    standIn.current = null;
    done.onend({});
  };
  standIn.fail = (error) => standIn.current.onerror({ error });
  const speech = {
    getVoices: () => standIn.voices,
    speak(utterance) {
      standIn.said.push({ text: utterance.text, voice: utterance.voice.name });
      standIn.current = utterance;
      if (standIn.byItself) queueMicrotask(() => utterance === standIn.current && standIn.end());
    },
    cancel() {
      const stopped = standIn.current;
      standIn.current = null;
      setTimeout(() => stopped?.onerror({ error: "canceled" })); // browsers tell so afterwards
    },
    get speaking() {
      return Boolean(standIn.current);
    },
    get pending() {
      return false;
    },
    onvoiceschanged: null,
  };
  Object.defineProperty(globalThis, "speechSynthesis", { value: speech });
})();
