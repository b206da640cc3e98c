"use strict";
// What stands around jinja.js: a bound on its built-ins that make much text in one step, where no limit of the engine looks in between, and the few
// places where it reads a template otherwise than Jinja in Python does, for which the templates of models are written.
(() => {
  const { Template, Interpreter } = module.exports;

  const longest = 16_000_000;
  const bounded = (length) => {
    if (length > longest) throw new RangeError(`The template makes a text of more than ${longest} characters.`);
  };
  const { repeat } = String.prototype;
  String.prototype.repeat = function (count) {
    bounded(this.length * count);
    return repeat.call(this, count);
  };
  const { join } = Array.prototype;
  Array.prototype.join = function (separator) {
    let length = this.length * (separator?.length ?? 1);
    for (const item of this) length += typeof item === "string" ? item.length : 8;
    bounded(length);
    return join.call(this, separator);
  };

  const literal = (value) => new Interpreter().evaluate({ type: "StringLiteral", value });

  // What is undefined reads as an empty text.
  const ofText = new Set(["trim", "upper", "lower", "title", "capitalize", "length", "indent", "replace", "string"]);
  const { applyFilter } = Interpreter.prototype;
  Interpreter.prototype.applyFilter = function (operand, filter, environment) {
    const name = filter.value ?? filter.callee?.value;
    return applyFilter.call(this, operand.type === "UndefinedValue" && ofText.has(name) ? literal("") : operand, filter, environment);
  };

  // strip, lstrip and rstrip take the characters that they cut off.
  const prototype = Object.getPrototypeOf(literal(""));
  const { get } = Object.getOwnPropertyDescriptor(prototype, "builtins");
  const FunctionValue = literal("").builtins.get("strip").constructor;
  const sides = { strip: [true, true], lstrip: [true, false], rstrip: [false, true] };
  const stripped = (text, characters, [left, right]) => {
    let [from, to] = [0, text.length];
    while (left && from < to && characters.includes(text[from])) from++;
    while (right && to > from && characters.includes(text[to - 1])) to--;
    return literal(text.slice(from, to));
  };
  Object.defineProperty(prototype, "builtins", {
    get() {
      const isFirst = this._builtins === undefined;
      const all = get.call(this);
      for (const [name, side] of isFirst ? Object.entries(sides) : []) {
        const plain = all.get(name);
        all.set(
          name,
          new FunctionValue((given, scope) =>
            given[0]?.type === "StringValue" ? stripped(this.value, given[0].value, side) : plain.value(given, scope),
          ),
        );
      }
      return all;
    },
  });

  let template;
  globalThis.parseTemplate = (text) => {
    template = new Template(text);
  };
  globalThis.renderTemplate = (variables) => template.render(JSON.parse(variables));
})();
