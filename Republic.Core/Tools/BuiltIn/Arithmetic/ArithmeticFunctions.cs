using System.Numerics;
using Republic.Core.Answering.Tools;

namespace Republic.Core.Tools.BuiltIn.Arithmetic;

/// <summary>The functions and constants of an expression. Angles are in radians.</summary>
internal static class ArithmeticFunctions
{
    private const int MaxPlaces = 100;

    public static IReadOnlyList<string> Names { get; } =
    ["sqrt", "abs", "round", "floor", "ceil", "min", "max", "log", "ln", "exp", "sin", "cos", "tan"];

    /// <summary>A constant by its name; null where there is none.</summary>
    public static Number? Constant(string name) =>
        name switch
        {
            "pi" => Number.About(Math.PI),
            "e" => Number.About(Math.E),
            _ => null,
        };

    /// <param name="name">One of <see cref="Names"/>.</param>
    public static Number Call(string name, IReadOnlyList<Number> arguments) =>
        (name, arguments) switch
        {
            ("min", _) => arguments.Aggregate((a, b) => Number.Compare(a, b) <= 0 ? a : b),
            ("max", _) => arguments.Aggregate((a, b) => Number.Compare(a, b) >= 0 ? a : b),
            ("round", [var value]) => value.Round(0),
            ("round", [var value, var places]) => value.Round(Places(places)),
            ("log", [var value, var radix]) => Number.About(Math.Log(Positive(value)) / Math.Log(Positive(radix))),
            (_, [var value]) => Call(name, value),
            _ => throw new ToolException(
                $"{name} takes {(name is "round" or "log" ? "one or two numbers" : "one number")}, and this gives it {arguments.Count}."
            ),
        };

    private static Number Call(string name, Number value) =>
        name switch
        {
            "sqrt" => value.SquareRoot(),
            "abs" => value.Abs(),
            "floor" => value.Floor(),
            "ceil" => -(-value).Floor(),
            "log" => Number.About(Math.Log10(Positive(value))),
            "ln" => Number.About(Math.Log(Positive(value))),
            "exp" => Number.About(Math.Exp(value.Value)),
            "sin" => Number.About(Math.Sin(value.Value)),
            "cos" => Number.About(Math.Cos(value.Value)),
            "tan" => Number.About(Math.Tan(value.Value)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not one of the names."),
        };

    private static double Positive(Number value) =>
        value.Value > 0 ? value.Value : throw new ToolException("A logarithm is of a number above 0, by a base above 0.");

    private static int Places(Number places) =>
        places.IsWhole && BigInteger.Abs(places.Numerator) <= MaxPlaces
            ? (int)places.Numerator
            : throw new ToolException($"round takes a whole number of digits, from -{MaxPlaces} to {MaxPlaces}.");
}
