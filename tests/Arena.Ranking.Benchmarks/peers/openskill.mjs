// node openskill.mjs plackettLuce|bradleyTerryFull|thurstoneMostellerFull GAMES PLAYERS PER_GAME
// Rates games between random players one after the other and prints the seconds of the second round.
import { rate, rating } from "openskill";
import * as models from "openskill/models";

const [name, games, players, perGame] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const model = models[name];
if (!model) throw new Error(`openskill has no model ${name}`);

// a small generator with a seed: both rounds play the same games
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const random = generator(1);
const slates = Array.from({ length: games }, () => {
  const slate = new Set();
  while (slate.size < perGame) slate.add(Math.floor(random() * players));
  return [...slate];
});

function round() {
  const ratings = Array.from({ length: players }, () => rating());
  const start = performance.now();
  for (const slate of slates) {
    const after = rate(slate.map((i) => [ratings[i]]), { model });
    slate.forEach((i, k) => (ratings[i] = after[k][0]));
  }
  return (performance.now() - start) / 1000;
}

round();
console.log(round());
