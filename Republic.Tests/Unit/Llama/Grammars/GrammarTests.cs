using System.Text;
using Republic.Core;
using Republic.Core.Llama.Grammars;

namespace Republic.Tests.Unit.Llama.Grammars;

public sealed class GrammarTests
{
    private static readonly Expression A = Expression.Literal("a");
    private static readonly Expression B = Expression.Literal("b");

    [Theory]
    [InlineData("", false)]
    [InlineData("ab", true)]
    [InlineData("abab", true)]
    [InlineData("ababab", true)]
    [InlineData("abababab", false)]
    [InlineData("aba", false)]
    public void What_is_repeated_is_counted(string text, bool isGood) =>
        Assert.Equal(isGood, FollowedGrammar.Accepts(new Grammar(new Expression.Repeat(Expression.Of(A, B), 1, 3)), text));

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(250, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void So_is_what_is_repeated_too_often_to_be_written_out(int count, bool isGood)
    {
        var grammar = new Grammar(Expression.Of(new Expression.Repeat(Expression.Of(A, B), 100, 300), Expression.Literal(".")));

        Assert.Equal(isGood, FollowedGrammar.Accepts(grammar, string.Concat(Enumerable.Repeat("ab", count)) + "."));
        Assert.Equal(201, grammar.Start.LeastBytes);
    }

    [Fact]
    public void A_rule_may_contain_itself()
    {
        var brackets = new Rule("brackets");
        brackets.Body = Expression.Of(
            Expression.Literal("("),
            Expression.Optional(new Expression.Reference(brackets)),
            Expression.Literal(")")
        );
        var grammar = new Grammar(new Expression.Reference(brackets));

        Assert.True(FollowedGrammar.Accepts(grammar, "((()))"));
        Assert.False(FollowedGrammar.Accepts(grammar, "((())"));
        Assert.False(FollowedGrammar.Accepts(grammar, "(()))"));
    }

    [Theory]
    [InlineData("é", true)]
    [InlineData("ß", true)]
    [InlineData("z", true)]
    [InlineData("{", false)]
    [InlineData("Ā", false)]
    [InlineData("😀", true)]
    [InlineData("🙄", false)]
    public void Characters_are_told_apart_by_their_bytes(string text, bool isGood)
    {
        var set = CharacterSet.Of(('a', 'z'), (0xDF, 0xFF), (0x1F600, 0x1F643));

        Assert.Equal(isGood, FollowedGrammar.Accepts(new Grammar(new Expression.Characters(set)), text));
    }

    [Fact]
    public void Each_character_of_a_set_and_no_other_bytes_are_taken()
    {
        var set = CharacterSet.Of((0x7E, 0x81), (0x7F0, 0x820), (0xD700, 0xE010), (0xFFF0, 0x10010), (0x10FFF0, 0x10FFFF));
        var grammar = new Grammar(new Expression.Characters(set));
        int[] all = [.. Enumerable.Range(0, 0x110000).Where(Rune.IsValid)];

        Assert.Equal(all.Where(set.Contains), all.Where(character => FollowedGrammar.Accepts(grammar, char.ConvertFromUtf32(character))));
        Assert.Null(grammar.Start.Next([0xED, 0xA0, 0x80]));
        Assert.Null(grammar.Start.Next([0xC0]));
    }

    [Fact]
    public void What_leads_nowhere_is_not_begun()
    {
        var endless = new Rule("endless");
        endless.Body = Expression.Of(A, new Expression.Reference(endless));
        var grammar = new Grammar(
            Expression.OneOf(new Expression.Reference(endless), Expression.Of(B, Expression.Nothing), Expression.Literal("c"))
        );

        Assert.Null(grammar.Start.Next((byte)'a'));
        Assert.Null(grammar.Start.Next((byte)'b'));
        Assert.True(FollowedGrammar.Accepts(grammar, "c"));
        Assert.Throws<GrammarException>(() => new Grammar(new Expression.Reference(endless)));
        Assert.Throws<GrammarException>(() => new Grammar(Expression.Nothing));
    }

    [Fact]
    public void A_rule_that_begins_with_itself_is_refused_and_one_that_repeats_nothing_is_not()
    {
        var (left, inner) = (new Rule("left"), new Rule("inner"));
        inner.Body = Expression.Of(Expression.Optional(A), new Expression.Reference(left));
        left.Body = Expression.OneOf(Expression.Of(new Expression.Reference(inner), B), A);

        Assert.Throws<GrammarException>(() => new Grammar(new Expression.Reference(left)));
        var many = new Expression.Repeat(Expression.Optional(A), 0, null);
        Assert.True(FollowedGrammar.Accepts(new Grammar(Expression.Of(new Expression.Repeat(many, 200, 100_000), B)), "aaab"));
    }

    [Fact]
    public void One_that_is_open_to_too_much_at_once_is_refused_when_that_shows()
    {
        // Of each bracket nobody knows which of two it is until the very end.
        var brackets = new Rule("brackets");
        var inside = new Expression.Reference(brackets);
        brackets.Body = Expression.OneOf(
            Expression.Of(A, inside, Expression.Literal("1")),
            Expression.Of(A, inside, Expression.Literal("2")),
            B
        );
        var grammar = new Grammar(Expression.Of(inside, Expression.Literal(".")));

        Assert.True(FollowedGrammar.Accepts(grammar, "aaab121."));
        var refused = Assert.Throws<GrammarException>(() => FollowedGrammar.Accepts(grammar, new string('a', 40)));
        Assert.Contains("too many possibilities", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_takes_long_to_follow_is_left_when_its_allowance_is_used_up()
    {
        var grammar = new Grammar(new Expression.Repeat(Expression.OneOf(A, B), 0, 100_000)) { Allowance = 500 };

        Assert.Throws<GrammarException>(() => grammar.Start.Next(Encoding.UTF8.GetBytes(new string('a', 1000))));
    }

    [Fact]
    public void The_tokens_that_may_come_next_are_those_whose_bytes_may()
    {
        var random = new SeededRandom(5);
        byte[][] vocabulary =
        [
            [],
            .. Enumerable.Range(0, 256).Select(value => new[] { (byte)value }),
            .. Enumerable
                .Range(0, 3000)
                .Select(_ => Enumerable.Range(0, (2 + random.Next(7))).Select(_ => (byte)"ab\"é, 1"u8[random.Next(8)]).ToArray()),
        ];
        var table = new TokenTable(vocabulary);
        var grammar = new Grammar(Republic.Core.Llama.Grammars.Json.JsonExpressions.Value) { Allowance = 10_000_000 };
        foreach (var begun in (string[])["", "\"a", "[1", "[1, ", "{\"a\"", "\"é"])
        {
            var state = grammar.Start.Next(Encoding.UTF8.GetBytes(begun))!;

            Assert.Equal(
                Enumerable.Range(1, vocabulary.Length - 1).Where(token => state.Next(vocabulary[token]) is not null),
                table.Legal(state).Tokens()
            );
        }
    }
}
