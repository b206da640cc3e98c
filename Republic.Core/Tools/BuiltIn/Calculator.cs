using System.ComponentModel;
using Republic.Core.Tools.BuiltIn.Arithmetic;

namespace Republic.Core.Tools.BuiltIn;

/// <summary>The tool that calculates. No model does, and no code is run.</summary>
internal static class Calculator
{
    public static BuiltInTool Calculate { get; } =
        new(
            "calculate",
            "Calculate",
            "exact, no model",
            ToolEffect.Reads,
            "Calculates an expression exactly. Use it for every calculation instead of working it out yourself. A result that begins with ≈ is rounded."
        )
        {
            IsForKeys = true,
            Method = _ =>
                (
                    [Description(
                        "Numbers, + - * / ^, parentheses, 15% (0.15), 7 % 3 (remainder), pi, e, and sqrt abs round(x, digits) floor ceil min max log (base 10, or log(x, base)) ln exp sin cos tan (radians)."
                    )]
                        string expression
                ) => Result(expression),
        };

    internal static string Result(string expression) => ArithmeticParser.Evaluate(expression).ToString();
}
