using Republic.Core.Expressions;
using static Republic.Tests.Unit.Expressions.CelText;

namespace Republic.Tests.Unit.Expressions;

public sealed class CelValuesTests
{
    [Fact]
    public void A_condition_of_a_scenario_reads_what_it_is_given()
    {
        (string, object?)[] variables =
        [
            ("outcome", "approve"),
            ("score", 0.8m),
            ("turn", 7),
            ("visits", new Dictionary<string, object?> { ["review"] = 2 }),
            ("roles", new[] { "developer", "reviewer" }),
            ("step", new Dictionary<string, object?> { ["action"] = "review", ["text"] = "Line 12 leaks." }),
        ];

        Assert.True(Evaluate("outcome == 'approve' && score >= 0.75 && visits.review < 3", variables).IsTrue);
        Assert.True(Evaluate("'reviewer' in roles && size(roles) == 2", variables).IsTrue);
        Assert.True(Evaluate("step.text.matches('[Ll]ine [0-9]+') && !has(step.role)", variables).IsTrue);
        Assert.True(Evaluate("turn > 5 ? step['action'] == 'review' : false", variables).IsTrue);
    }

    [Fact]
    public void Numbers_of_other_kinds_are_converted()
    {
        Assert.Equal(3L, Value("x", ("x", 3)));
        Assert.Equal(0.5, Value("x", ("x", 0.5m)));
        Assert.Equal(0.5, Value("x", ("x", 0.5f)));
        Assert.Equal(4L, Value("x[0] + x[1]", ("x", new object?[] { 1, 3L })));
        Assert.Equal(3L, Value("x.a + 1", ("x", new Dictionary<string, object?> { ["a"] = 2 })));
        Assert.Equal(true, Value("x == [1, 2.5]", ("x", new List<object?> { 1, 2.5m })));
        Assert.Equal(true, Value("2 in x", ("x", new List<object?> { 1, 2 })));
        Assert.Equal(true, Value("x.all(i, i > 0)", ("x", new List<object?> { 1, 2m })));
    }

    [Fact]
    public void A_value_of_another_kind_is_an_error()
    {
        Assert.Equal("a value is of a kind that conditions cannot read", Error("x", ("x", DateTimeOffset.UnixEpoch)));
        Assert.Equal("a value is of a kind that conditions cannot read", Error("x[0] == 1", ("x", new object?[] { 'c' })));
    }

    [Theory]
    [InlineData("1 == 1.0", true)]
    [InlineData("9007199254740993 == 9007199254740992.0", false)]
    [InlineData("9007199254740993 > 9007199254740992.0", true)]
    [InlineData("9223372036854775807 < 9223372036854775808.0", true)]
    [InlineData("-9223372036854775808 == -9223372036854775808.0", true)]
    [InlineData("2 < 2.5", true)]
    [InlineData("-2 > -2.5", true)]
    [InlineData("2.5 >= 2", true)]
    [InlineData("1 < 1.0 / 0.0", true)]
    [InlineData("1 > -1.0 / 0.0", true)]
    [InlineData("1 < 0.0 / 0.0", false)]
    [InlineData("0.0 / 0.0 >= 1", false)]
    [InlineData("0.0 / 0.0 <= 0.0 / 0.0", false)]
    [InlineData("1 == '1'", false)]
    [InlineData("null != 1", true)]
    [InlineData("true == 1", false)]
    [InlineData("[1, [2.0]] == [1.0, [2]]", true)]
    [InlineData("{1: 'a'} == {1: 'a'}", true)]
    [InlineData("{1: 'a'} == {'1': 'a'}", false)]
    public void Values_compare_as_they_are(string text, bool expected) => Assert.Equal(expected, Value(text));

    [Theory]
    [InlineData("{1: 'a'}[1.0]", "a")]
    [InlineData("['a', 'b'][1.0]", "b")]
    [InlineData("1.0 in {1: 'a'}", true)]
    [InlineData("1.5 in {1: 'a'}", false)]
    [InlineData("null in {1: 'a'}", false)]
    [InlineData("1.0 in [1]", true)]
    [InlineData("has({'a': null}.a)", true)]
    [InlineData("has({'a': {'b': 1}}.a.c)", false)]
    [InlineData("size({'a': 1}.map(k, k))", 1L)]
    public void Maps_and_lists_are_looked_into(string text, object expected) => Assert.Equal(expected, Value(text));

    [Theory]
    [InlineData("size('🐱😀😛')", 3L)]
    [InlineData("'🐱'.size() + [1, 2].size() + {}.size()", 3L)]
    [InlineData("'\uFFFD' < '😀'", true)]
    [InlineData("'😀' < '😛'", true)]
    [InlineData("'a😀' > 'a\uE000'", true)]
    [InlineData("r'a\\n' == 'a\\\\n'", true)]
    [InlineData("R\"\"\"a'\"b\"\"\" == 'a\\'\"b'", true)]
    [InlineData("'''it's''' == \"it's\"", true)]
    [InlineData("'\\`\\?' == '`?'", true)]
    [InlineData("matches('abc', '^a.c$')", true)]
    [InlineData("'ABC'.matches('(?i)abc')", true)]
    public void Texts_are_code_points(string text, object expected) => Assert.Equal(expected, Value(text));

    [Theory]
    [InlineData("[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]")]
    [InlineData("[1, 2].map(x, [10, 20].map(y, x * y)) == [[10, 20], [20, 40]]")]
    [InlineData("[1, 2].map(x, [x].map(x, x + 1)[0] + x) == [3, 5]")]
    [InlineData("[[1, 2], [3]].filter(x, size(x) > 1).map(x, x[0]) == [1]")]
    [InlineData("[1, 2,] == [1, 2] && {'a': 1,} == {'a': 1}")]
    [InlineData("1 + 2 * 3 - 4 / 2 == 5 && 7 % 4 == 3 && 10 - 3 - 2 == 5")]
    [InlineData("1 < 2 == true && !false == true && -2 + 3 == 1")]
    [InlineData("true || false && false")]
    [InlineData("(false ? 1 : true ? 2 : 3) == 2")]
    [InlineData("1 == 1 // as it was\n && true // and is")]
    [InlineData("0x1F == 31 && -0x1 == -1 && .5 == 0.5 && 1e2 == 100 && 5E-1 == 0.5")]
    [InlineData("string(1.5) == '1.5' && string(true) == 'true' && string(2.0) == '2' && int('-5') == -5 && double('1e2') == 100.0")]
    [InlineData("-9223372036854775808 % -1 == 0")]
    public void Expressions_mean_what_CEL_says(string text) => Assert.True(Evaluate(text).IsTrue, Evaluate(text).Error);

    [Fact]
    public void A_variable_may_have_dots_in_its_name_and_the_longest_is_meant()
    {
        var inner = new Dictionary<string, object?> { ["c"] = "inner" };

        Assert.Equal("inner", Value("a.b.c", ("a.b", inner)));
        Assert.Equal("outer", Value("a.b.c", ("a.b", inner), ("a.b.c", "outer")));
        Assert.Equal(true, Value("has(a.b.d)", ("a.b", inner), ("a.b.d", 1)));
        Assert.Equal(false, Value("has(a.b.d)", ("a.b", inner)));
        Assert.Equal("bound", Value("[{'b': 'bound'}].map(a, a.b)[0]", ("a.b", "variable")));
    }

    [Fact]
    public void Threads_share_an_expression()
    {
        var expression = Parse("[1, 2, 3].map(x, x * n).exists(x, x == 3 * n) && 'abc'.matches('b' + '?')");

        Assert.True(
            Enumerable.Range(1, 200).AsParallel().All(n => expression.Evaluate(new Dictionary<string, object?> { ["n"] = n }).IsTrue)
        );
    }

    [Fact]
    public void A_map_of_a_result_can_be_read()
    {
        var map = Assert.IsType<ExpressionMap>(Value("{'a': 1, 2: [true]}"));

        Assert.Equal(2, map.Count);
        Assert.Equal(new object[] { "a", 2L }, map.Keys);
        Assert.True(map.TryGetValue("a", out var value));
        Assert.Equal(1L, value);
        Assert.False(map.ContainsKey("b"));
    }
}
