using static Republic.Tests.Unit.Expressions.CelText;

namespace Republic.Tests.Unit.Expressions;

public sealed class CelReferencesTests
{
    [Theory]
    [InlineData("outcome == 'approve'", "1 outcome")]
    [InlineData("facts.leak && visits.review < 3", "1 facts.leak; 15 visits.review")]
    [InlineData("visits['review'] < 3", "1 visits.review")]
    [InlineData("step.text.contains('x')", "1 step.text")]
    [InlineData("has(facts.leak)", "5 facts.leak")]
    [InlineData("facts[outcome].x > 1", "1 facts; 7 outcome")]
    [InlineData("facts['a'].b[0].c", "1 facts.a.b")]
    [InlineData("outcome == 'a' || outcome == 'b'", "1 outcome")]
    [InlineData("facts.a + facts.b + facts.a", "1 facts.a; 11 facts.b")]
    [InlineData("facts . leak", "1 facts.leak")]
    [InlineData("size(roles) > turn ? cost : -minutes", "6 roles; 15 turn; 22 cost; 30 minutes")]
    [InlineData("[score, {outcome: round}]", "2 score; 10 outcome; 19 round")]
    [InlineData("unknown(turn)", "9 turn")]
    [InlineData("1 + 2 == 3", "")]
    public void Names_what_is_read_and_where(string text, string expected) => Assert.Equal(expected, Names(text));

    [Theory]
    [InlineData("roles.exists(r, r == step.role)", "1 roles; 22 step.role")]
    [InlineData("roles.exists(r, r.name == 'x')", "1 roles")]
    [InlineData("roles.all(a, roles.all(b, a == b))", "1 roles")]
    [InlineData("roles.map(r, r) == [r]", "1 roles; 21 r")]
    [InlineData("r.map(r, r)", "1 r")]
    public void What_a_macro_binds_is_no_reference(string text, string expected) => Assert.Equal(expected, Names(text));

    [Theory]
    [InlineData("true", true)]
    [InlineData("1 > 2", false)]
    [InlineData("outcome == 'a' || true", true)]
    [InlineData("false && facts.leak", false)]
    [InlineData("[1, 2].exists(x, x == 2)", true)]
    [InlineData("'approve'", "approve")]
    public void A_value_that_no_variable_changes_is_constant(string text, object expected) => Assert.Equal(expected, Parse(text).Constant);

    [Theory]
    [InlineData("outcome == 'a'")]
    [InlineData("outcome == 'a' || false")]
    [InlineData("true ? turn : 1")]
    [InlineData("has(facts.leak)")]
    [InlineData("1 / 0 > 1")]
    public void What_depends_or_errs_is_not_constant(string text) => Assert.Null(Parse(text).Constant);

    private static string Names(string text) =>
        string.Join("; ", Parse(text).References.Select(reference => $"{reference.Column} {reference.Path}"));
}
