using System.Text;
using Republic.Core;
using Republic.Core.Expressions;
using static Republic.Tests.Unit.Expressions.CelText;

namespace Republic.Tests.Unit.Expressions;

public sealed class CelLimitsTests
{
    private const string TooMuch = "takes more than 10,000 operations";

    private static readonly string[] Pieces =
    [
        .. "! - + * / % < > <= >= == != && || ? : ( ) [ ] { } . , in true false null 0 1 2.5 1e3 0x1f 9223372036854775807".Split(' '),
        .. "'a' 'b😀' r'\\d+' \"\" '''c''' x facts facts.leak y size( has( int( string( bool( double( f( .size() .contains(".Split(' '),
        .. ".matches( .startsWith( .map(x, .all(x, .exists(y, .exists_one(x, .filter(y, if _ // \n \\ # = & 1u b'a' ' \"".Split(' '),
    ];

    [Fact]
    public void A_condition_has_at_most_1000_characters()
    {
        Assert.Equal(500L, Value(Repeated("1", "+1", 499).PadRight(1000)));
        Assert.Equal(
            new ExpressionProblem("a condition has at most 1,000 characters", 1001),
            Problem(Repeated("1", "+1", 499).PadRight(1001))
        );
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("[", "1", "]")]
    [InlineData("{1:", "1", "}")]
    [InlineData("size(", "''", ")")]
    [InlineData("x[", "0", "]")]
    [InlineData("-(", "1", ")")]
    [InlineData("!(1 < ", "1", ")")]
    [InlineData("x.all(x,", "true", ")")]
    public void Levels_inside_each_other_are_at_most_32(string open, string inside, string close)
    {
        Parse(Nested(32));

        Assert.Equal("more than 32 levels inside each other", Problem(Nested(33)).Message);
        Assert.InRange(Problem(Nested(33)).Column, (32 * open.Length) + 1, (33 * open.Length) + 1);
        Assert.NotNull(Problem(Nested(1000 / open.Length / 2)));

        string Nested(int levels) => Times(open, levels) + inside + Times(close, levels);
    }

    [Fact]
    public void What_follows_each_other_is_no_level()
    {
        Assert.Equal(true, Value(Times("!", 990) + "true"));
        Assert.Equal(-1L, Value(Times("-", 991) + "1"));
        Assert.Equal(true, Value(Repeated("false", "||false", 120) + "||true"));
        Assert.Equal(true, Value(Repeated("true", "&&true", 120)));
        Assert.Equal(0L, Value(Repeated("0", "*1", 499)));
        Assert.Equal(false, Value(Repeated("true", "!=true", 99)));
        Assert.Equal(7L, Value(Times("false?1:", 120) + "7"));
        Assert.Equal("a is unknown", Error(Repeated("a", ".a", 499)));
        Assert.Equal("a is unknown", Error(Repeated("a", "[0]", 300)));
        Assert.Equal("there is no function f", Error(Repeated("1", ".f()", 200)));
        Assert.Equal(400L, Value("size([" + Repeated("1", ",1", 399) + "])"));
    }

    [Fact]
    public void Opening_without_end_is_a_problem_and_nothing_worse()
    {
        foreach (var piece in Pieces)
        {
            var text = Times(piece, 1000 / piece.Length);
            if (Cel.TryParse(text, out var expression, out var problem))
            {
                expression.Evaluate(new Dictionary<string, object?>());
            }
            else
            {
                Assert.InRange(problem.Column, 1, text.Length + 1);
            }
        }
    }

    [Fact]
    public void Macros_inside_each_other_end()
    {
        const string Ten = "[0,1,2,3,4,5,6,7,8,9]";
        var counting = $"{Ten}.map(a, {Ten}.map(b, {Ten}.map(c, {Ten}.map(d, {Ten}.map(e, {Ten}.map(f, {Ten}.map(g, 1)))))))";

        Assert.Equal(TooMuch, Error(counting));
        Assert.Equal(
            TooMuch,
            Error(counting.Replace("map", "exists", StringComparison.Ordinal).Replace(" 1)", " false)", StringComparison.Ordinal))
        );
        Assert.Equal(TooMuch, Error(counting + " == [] || true"));
        Assert.Equal(TooMuch, Error($"true || false ? {counting} != [] : true"));
    }

    [Fact]
    public void What_doubles_ends()
    {
        Assert.Equal("a text would have more than 65,536 characters", Error("['abcd']" + Times(".map(a, a + a)", 60)));
        Assert.Equal(65_536L, Value("['abcd']" + Times(".map(a, a + a)", 14) + ".map(a, size(a))[0]"));
        Assert.Equal(TooMuch, Error("[[1]]" + Times(".map(a, a + a)", 60)));

        // Each list is there once and is in the next one twice: only whoever compares sees how many that makes.
        var tree = "[1]" + Times(".map(a,[a,a])", 34);
        Assert.Equal(TooMuch, Error($"{tree} == {tree}"));
        Assert.Equal(TooMuch, Error($"{tree} in [{tree}]"));
        Assert.Equal(TooMuch, Error("[[1]]" + Times(".map(a, [a, a])", 30) + ".exists(a, a == a)"));
    }

    [Fact]
    public void Large_variables_count_by_their_size()
    {
        var text = new string('a', 1_000_000);
        var list = Enumerable.Range(0, 1_000_000).Select(i => (object?)(long)i).ToList();

        Assert.Equal(TooMuch, Error("x.contains('b')", ("x", text)));
        Assert.Equal(TooMuch, Error("x.matches('b')", ("x", text)));
        Assert.Equal(TooMuch, Error("size(x) > 1", ("x", text)));
        Assert.Equal(TooMuch, Error("x == y", ("x", text), ("y", new string('a', 1_000_000))));
        Assert.Equal(TooMuch, Error("x < y", ("x", text), ("y", new string('a', 1_000_000))));
        Assert.Equal(TooMuch, Error("-1 in x", ("x", list)));
        Assert.Equal(TooMuch, Error("x.exists(i, i < 0)", ("x", list)));
        Assert.Equal(TooMuch, Error("x.map(i, i) == x", ("x", list)));
        Assert.Equal(TooMuch, Error("x + x == x", ("x", list)));
        Assert.Equal(true, Value("size(x) == 1000000 && x[999999] == 999999", ("x", list)));
    }

    [Fact]
    public void An_answer_of_usual_length_is_well_within_the_limits()
    {
        var text = string.Concat(Enumerable.Repeat("The change leaks a handle in line 12. ", 500)) + "approve";

        Assert.Equal(
            true,
            Value("step.contains('approve') && step.matches('(approve|reject)[.!]?') && size(step) > 19000", ("step", text))
        );
        Assert.Equal(true, Value("step.endsWith('approve') && step == step + ''", ("step", text)));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("^(a|a?)+$")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(.*a){20}$")]
    [InlineData("(a*)*b")]
    [InlineData(".*.*.*.*=.*")]
    [InlineData("a{1,300}b{1,300}c")]
    [InlineData("((a{0,9}){0,9}){0,1}b")]
    public void A_pattern_that_would_go_back_and_forth_takes_no_longer_than_others(string pattern)
    {
        foreach (var length in (int[])[30, 1000, 20_000])
        {
            var result = Evaluate("x.matches(p)", ("x", new string('a', length) + "!"), ("p", pattern));

            Assert.True(result.Value is false || result.Error is TooMuch or "matches takes too long", $"{result}");
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("(a")]
    [InlineData("*")]
    [InlineData("(?=a)")]
    [InlineData("(?<!a)b")]
    [InlineData("(a)\\\\1")]
    [InlineData("(a{1000}){1000}")]
    [InlineData("((a{100}){100}){100}")]
    [InlineData("a{1001}")]
    [InlineData("(?x)(a{100}) {100}")]
    [InlineData("(a{100})(?#c){100}")]
    [InlineData("a{99999999999999999999}")]
    public void A_pattern_that_could_not_be_matched_in_time_is_refused(string pattern) =>
        Assert.Equal(
            "matches needs a regular expression without looking around or back, and of moderate size",
            Error($"'aaa'.matches('{pattern}')")
        );

    [Theory]
    [InlineData("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "0193a5e2-7b1c-7000-8000-00000000abcd")]
    [InlineData("^([0-9]{1,3}[.]){3}[0-9]{1,3}$", "127.0.0.1")]
    [InlineData("(?i)line [0-9]{1,5}", "See LINE 12")]
    public void A_pattern_of_every_day_is_matched(string pattern, string text) =>
        Assert.Equal(true, Value("x.matches(p)", ("x", text), ("p", pattern)));

    [Fact]
    public void Many_matches_count_as_well()
    {
        var list = Enumerable.Range(0, 1000).Select(i => (object?)$"line {i}").ToList();

        Assert.Equal(true, Value("x.exists(i, i.matches('^line 999$'))", ("x", list)));
        Assert.Equal(TooMuch, Error("x.exists(i, i.matches('(' + i + '|a{1,300}){1,2}b'))", ("x", list)));
    }

    [Fact]
    public void Random_tokens_never_throw_and_always_end()
    {
        var random = new SeededRandom(20);
        var facts = new Dictionary<string, object?> { ["leak"] = "Line 12" };
        var variables = new Dictionary<string, object?>
        {
            ["x"] = new object?[] { 1, 2.5, "a", null, true },
            ["y"] = 3,
            ["facts"] = facts,
        };
        var parsed = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var text = RandomText(random);
            if (Cel.TryParse(text, out var expression, out var problem))
            {
                parsed++;
                var result = expression.Evaluate(variables);
                Assert.True(result.Error is null || result.Value is null, text);
                Assert.Equal(expression.Evaluate(variables).Error, result.Error);
            }
            else
            {
                Assert.InRange(problem.Column, 1, text.Length + 1);
            }
        }

        Assert.InRange(parsed, 50, 9_950);
    }

    private static string RandomText(SeededRandom random)
    {
        var text = new StringBuilder();
        for (var count = 1 + random.Next(1 << (1 + random.Next(6))); count > 0; count--)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]).Append(random.Next(4) == 0 ? " " : "");
        }

        return text.ToString();
    }

    private static string Repeated(string first, string next, int times) => first + Times(next, times);

    private static string Times(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));
}
