using System.Globalization;
using System.Numerics;
using Republic.Core;
using Republic.Core.Answering.Tools;
using Republic.Core.Tools.BuiltIn;
using Republic.Core.Tools.BuiltIn.Arithmetic;

namespace Republic.Tests.Unit.Tools;

public sealed class CalculatorTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("19.99 * 12", "239.88")]
    [InlineData("-2^2", "-4")]
    [InlineData("(-2)^2", "4")]
    [InlineData("2^3^2", "512")]
    [InlineData("2^-3", "0.125")]
    [InlineData("2**10", "1024")]
    [InlineData("2^100", "1267650600228229401496703205376")]
    [InlineData("0^0", "1")]
    [InlineData("(-1)^99999999999999999999", "-1")]
    [InlineData("--5", "5")]
    [InlineData("3 - -2", "5")]
    [InlineData("1e3 + 2.5E-1", "1000.25")]
    [InlineData(".5 + 5.", "5.5")]
    [InlineData("15%", "0.15")]
    [InlineData("200 * 15%", "30")]
    [InlineData("15% of 200", "30")]
    [InlineData("10% - 3", "-2.9")]
    [InlineData("7 % 3", "1")]
    [InlineData("-7 % 3", "2")]
    [InlineData("7.5 % 2", "1.5")]
    [InlineData("6 × 7 − 4 ÷ 2", "40")]
    [InlineData("1/3", "1/3 ≈ 0.333333333333333333333333333333")]
    [InlineData("-2/3", "-2/3 ≈ -0.666666666666666666666666666667")]
    [InlineData("1/3 + 1/3 + 1/3", "1")]
    [InlineData("1000000/7", "1000000/7 ≈ 142857.142857142857142857142857")]
    [InlineData("sqrt(16)", "4")]
    [InlineData("sqrt(2.25)", "1.5")]
    [InlineData("sqrt(2)", "≈ 1.4142135623730951")]
    [InlineData("abs(-3.5)", "3.5")]
    [InlineData("round(2.5)", "3")]
    [InlineData("round(-2.5)", "-3")]
    [InlineData("round(2/3, 4)", "0.6667")]
    [InlineData("round(1234, -2)", "1200")]
    [InlineData("floor(-1.5) + ceil(-1.5)", "-3")]
    [InlineData("min(3, 1/2, 2) + max(1, 5)", "5.5")]
    [InlineData("log(1000)", "≈ 3")]
    [InlineData("log(8, 2)", "≈ 3")]
    [InlineData("ln(1) + exp(0)", "≈ 1")]
    [InlineData("cos(0) + sin(0) + tan(0)", "≈ 1")]
    [InlineData("PI", "≈ 3.141592653589793")]
    [InlineData("e", "≈ 2.718281828459045")]
    [InlineData("10^-40", "0.0000000000000000000000000000000000000001")]
    [InlineData("10^-100", "≈ 1e-100")]
    public void An_expression_has_the_result_that_it_has(string expression, string result) =>
        Assert.Equal(result, Calculator.Result(expression));

    [Theory]
    [InlineData("", "Give an expression")]
    [InlineData("1 / 0", "divides by zero")]
    [InlineData("1 % 0", "divides by zero")]
    [InlineData("0^-1", "divides by zero")]
    [InlineData("1 / (sqrt(2) - sqrt(2))", "divides by zero")]
    [InlineData("sqrt(-1)", "no result among the real numbers")]
    [InlineData("log(0)", "above 0")]
    [InlineData("9^9^9", "too large")]
    [InlineData("2^99999999999999999999", "too large")]
    [InlineData("10^6000 * 10^6000", "too large")]
    [InlineData("exp(1000)", "too large")]
    [InlineData("1e9999", "at most 1000")]
    [InlineData("1,000 + 1", "write 1234.5 and not 1,234.5")]
    [InlineData("1 +", "ends too early")]
    [InlineData("(1", "ends too early")]
    [InlineData("1)", "character 2")]
    [InlineData("1.2.3", "character 4")]
    [InlineData("2 pi", "character 3")]
    [InlineData("sqrt 4", "character 6")]
    [InlineData("sqrt(1, 2)", "takes one number")]
    [InlineData("round(1, 1000)", "from -100 to 100")]
    [InlineData("System.Environment.Exit(1)", "character 1")]
    [InlineData("__import__('os')", "character 1")]
    [InlineData("1; drop table people", "character 2")]
    public void What_has_none_says_why(string expression, string why) =>
        Assert.Contains(why, Assert.Throws<ToolException>(() => Calculator.Result(expression)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_expression_has_a_length_and_as_many_parentheses_as_that()
    {
        Assert.Equal("1", Calculator.Result($"{new string('(', 249)}1{new string(')', 249)}"));
        Assert.Throws<ToolException>(() => Calculator.Result(new string('1', ArithmeticParser.MaxLength + 1)));
        Assert.Throws<ToolException>(() => Calculator.Result(new string('(', ArithmeticParser.MaxLength)));
    }

    [Fact]
    public void Decimals_are_added_multiplied_and_compared_as_exactly_as_by_hand()
    {
        var random = new SeededRandom(7);
        for (var i = 0; i < 500; i++)
        {
            var (a, b) = (Decimal(random), Decimal(random));
            Assert.Equal(Plain(a + b), Calculator.Result($"{Plain(a)} + {Plain(b)}"));
            Assert.Equal(Plain(a - b), Calculator.Result($"{Plain(a)} - {Plain(b)}"));
            Assert.Equal(Plain(a * b), Calculator.Result($"{Plain(a)} * {Plain(b)}"));
            Assert.Equal(Plain(Math.Max(a, b)), Calculator.Result($"max({Plain(a)}, {Plain(b)})"));
            Assert.Equal(Plain(Math.Floor(a)), Calculator.Result($"floor({Plain(a)})"));
        }
    }

    [Fact]
    public void Laws_of_arithmetic_hold_for_large_numbers_and_fractions()
    {
        var random = new SeededRandom(11);
        for (var i = 0; i < 200; i++)
        {
            var (a, b, c) = (Whole(random), Whole(random), Whole(random) + 1);
            Assert.Equal($"{a * c + b * c}", Calculator.Result($"({a} + {b}) * {c}"));
            Assert.Equal($"{a}", Calculator.Result($"{a} / {c} * {c}"));
            Assert.Equal($"{a}", Calculator.Result($"floor({a} / {c}) * {c} + {a} % {c}"));
            Assert.Equal($"{BigInteger.Abs(a)}", Calculator.Result($"sqrt(({a})^2)"));
            Assert.Equal($"{BigInteger.Pow(a, 5)}", Calculator.Result($"({a})^7 / ({a})^2"));
        }
    }

    private static BigInteger Whole(SeededRandom random) => ((BigInteger)random.NextUInt64() * (random.NextUInt64() >> 20)) + 1;

    private static decimal Decimal(SeededRandom random) => (random.Next(2_000_000) - 1_000_000) / 1000m;

    private static string Plain(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
