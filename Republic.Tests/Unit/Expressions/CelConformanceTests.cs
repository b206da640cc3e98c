using System.Globalization;
using System.Text.Json;
using Republic.Core.Expressions;

namespace Republic.Tests.Unit.Expressions;

/// <summary>CEL's own test cases, as far as they are within the subset (cel-conformance.json says where they come from).</summary>
public sealed class CelConformanceTests
{
    private static readonly IReadOnlyList<JsonElement> Cases = Read();

    [Fact]
    public void All_cases_are_there() => Assert.Equal(575, Cases.Count);

    [Theory]
    [InlineData("basic", 34)]
    [InlineData("comparisons", 143)]
    [InlineData("conversions", 48)]
    [InlineData("fields", 26)]
    [InlineData("fp_math", 30)]
    [InlineData("integer_math", 42)]
    [InlineData("lists", 19)]
    [InlineData("logic", 30)]
    [InlineData("macros", 44)]
    [InlineData("parse", 114)]
    [InlineData("string", 45)]
    public void Every_case_of_the_file_passes(string file, int count)
    {
        var cases = Cases.Where(one => Text(one, "file") == file).ToList();

        Assert.Equal(count, cases.Count);
        var failures = cases.Select(Failure).Where(failure => failure is not null).ToList();
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    /// <summary>Null where the case passes.</summary>
    private static string? Failure(JsonElement one)
    {
        var name = $"{Text(one, "section")}/{Text(one, "name")}: {Text(one, "expr")}";
        var isError = one.TryGetProperty("error", out _);
        if (!Cel.TryParse(Text(one, "expr"), out var expression, out var problem))
        {
            return isError ? null : $"{name}: {problem}";
        }

        var variables = new Dictionary<string, object?>();
        if (one.TryGetProperty("bindings", out var bindings))
        {
            foreach (var binding in bindings.EnumerateObject())
            {
                variables[binding.Name] = Value(binding.Value);
            }
        }

        var result = expression.Evaluate(variables);
        if (isError)
        {
            return result.Error is null ? $"{name}: is {result.Value} and no error" : null;
        }

        var expected = one.TryGetProperty("value", out var value) ? Value(value) : true;
        return result.Error is not null ? $"{name}: {result.Error}"
            : !AreSame(expected, result.Value) ? $"{name}: is {result.Value}"
            : null;
    }

    private static object? Value(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => json.GetString(),
            _ when json.TryGetProperty("int", out var number) => long.Parse(number.GetString()!, CultureInfo.InvariantCulture),
            _ when json.TryGetProperty("double", out var number) => Number(number.GetString()!),
            _ when json.TryGetProperty("list", out var items) => items.EnumerateArray().Select(Value).ToList(),
            _ => new ExpressionMap(
                json.GetProperty("map").EnumerateArray().ToDictionary(entry => Value(entry[0])!, entry => Value(entry[1]))
            ),
        };

    private static double Number(string text) =>
        text switch
        {
            "inf" or "infinity" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        };

    /// <summary>Of one kind, and equal to the bit.</summary>
    private static bool AreSame(object? expected, object? actual) =>
        (expected, actual) switch
        {
            (double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b),
            (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count
                && a.Zip(b).All(pair => AreSame(pair.First, pair.Second)),
            (ExpressionMap a, ExpressionMap b) => a.Count == b.Count
                && a.Keys.All(key => a.TryGetValue(key, out var one) && b.TryGetValue(key, out var other) && AreSame(one, other)),
            _ => Equals(expected, actual),
        };

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString()!;

    private static List<JsonElement> Read()
    {
        using var stream = typeof(CelConformanceTests).Assembly.GetManifestResourceStream("cel-conformance.json")!;
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.GetProperty("cases").EnumerateArray().Select(one => one.Clone())];
    }
}
