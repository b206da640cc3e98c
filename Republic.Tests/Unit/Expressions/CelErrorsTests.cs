using Republic.Core.Expressions;
using static Republic.Tests.Unit.Expressions.CelText;

namespace Republic.Tests.Unit.Expressions;

public sealed class CelErrorsTests
{
    [Theory]
    [InlineData("", "Column 1: a value is missing at the end")]
    [InlineData("(1 + 2", "Column 7: a ) is missing")]
    [InlineData("(1 + 2]", "Column 7: a ) is missing")]
    [InlineData("[1, 2", "Column 6: a ] is missing")]
    [InlineData("{'a': 1", "Column 8: a } is missing")]
    [InlineData("{'a' 1}", "Column 6: a : is missing")]
    [InlineData("true ? 1", "Column 9: a : is missing")]
    [InlineData("1 +", "Column 4: a value is missing at the end")]
    [InlineData("1 + * 2", "Column 5: a value is missing before “*”")]
    [InlineData("size(1,)", "Column 8: a value is missing before “)”")]
    [InlineData("turn > 1 and cost > 1", "Column 10: an operator is missing before “and”")]
    [InlineData("1 in", "Column 5: a value is missing at the end")]
    [InlineData("facts.", "Column 7: a field is missing after the dot")]
    [InlineData("facts.'a'", "Column 7: a field is missing after the dot")]
    [InlineData("outcome = 'a'", "Column 9: write == to compare")]
    [InlineData("a & b", "Column 3: write && for “and”")]
    [InlineData("a | b", "Column 3: write || for “or”")]
    [InlineData("a # b", "Column 3: this character can only stand inside quotes")]
    [InlineData("'abc", "Column 1: the closing quote of a text is missing")]
    [InlineData("'a\nb'", "Column 1: the closing quote of a text is missing")]
    [InlineData("'''abc''", "Column 1: the closing quote of a text is missing")]
    [InlineData("'a\\q'", "Column 3: this escape is not known; write \\\\ for a backslash")]
    [InlineData("'\\uD83D'", "Column 2: this escape is not known; write \\\\ for a backslash")]
    [InlineData("'\\U00110000'", "Column 2: this escape is not known; write \\\\ for a backslash")]
    [InlineData("'\\x1'", "Column 2: this escape is not known; write \\\\ for a backslash")]
    [InlineData("b'abc'", "Column 1: “b” cannot stand right before a text; only r can")]
    [InlineData("1u", "Column 1: a number ends in a letter")]
    [InlineData("0x", "Column 1: the digits of a number are missing")]
    [InlineData("2 > 9223372036854775808", "Column 5: the number is too large")]
    [InlineData("-9223372036854775809", "Column 2: the number is too large")]
    [InlineData("99999999999999999999", "Column 1: the number is too large")]
    [InlineData("1e999", "Column 1: the number is too large")]
    [InlineData("if", "Column 1: “if” is a reserved word; use another name")]
    [InlineData("1 + while(2)", "Column 5: “while” is a reserved word; use another name")]
    [InlineData("has(facts)", "Column 1: has takes a field, as in has(facts.leak)")]
    [InlineData("has(facts['a'])", "Column 1: has takes a field, as in has(facts.leak)")]
    [InlineData("roles.all(1, true)", "Column 11: all needs a name for the item first, as in all(x, x > 0)")]
    [InlineData("roles.all(x)", "Column 12: a , is missing")]
    [InlineData("roles.all(x,)", "Column 7: all takes a name and an expression, as in all(x, x > 0)")]
    [InlineData("roles.filter(x, true, x)", "Column 7: filter takes a name and an expression, as in filter(x, x > 0)")]
    [InlineData("size()", "Column 1: size takes 1 value here, not 0")]
    [InlineData("'a'.contains('b', 'c')", "Column 5: contains takes 1 value here, not 2")]
    public void What_does_not_parse_is_told_with_its_column(string text, string expected) =>
        Assert.Equal(expected, Problem(text).ToString());

    [Theory]
    [InlineData("facts.leek", "facts has no field leek")]
    [InlineData("facts.leak.size", "facts.leak has no field size, it is a text")]
    [InlineData("rolls", "rolls is unknown")]
    [InlineData("rolls.x.y", "rolls is unknown")]
    [InlineData("facts['leek']", "a map has no key “leek”")]
    [InlineData("[{'a': 1}][0].b", "[{'a': 1}][0] has no field b")]
    [InlineData("[1, 2][2]", "a list of 2 has no item 2; the first is 0")]
    [InlineData("[1, 2][-1]", "a list of 2 has no item -1; the first is 0")]
    [InlineData("[1, 2]['a']", "an item of a list has a whole number, not a text")]
    [InlineData("'abc'[0]", "[ ] needs a list or a map, not a text")]
    [InlineData("1 / 0", "nothing can be divided by 0")]
    [InlineData("1 % 0", "nothing can be divided by 0")]
    [InlineData("9223372036854775807 + 1", "the number is too large")]
    [InlineData("1 + 1.0", "+ needs two whole or two decimal numbers: write 2.0 for 2, or double() around the whole one")]
    [InlineData("1.0 % 1.0", "% needs two whole numbers")]
    [InlineData("'a' + 1", "+ does not go with a text and a whole number")]
    [InlineData("'a' < 1", "< cannot compare a text and a whole number")]
    [InlineData("1 in 'a'", "in needs a list or a map, not a text")]
    [InlineData("1 && true", "&& needs true or false, not a whole number")]
    [InlineData("!null", "! needs true or false, not null")]
    [InlineData("-'a'", "- needs a number, not a text")]
    [InlineData("'a' ? 1 : 2", "? needs true or false, not a text")]
    [InlineData("[1].all(x, x)", "all needs true or false, not a whole number")]
    [InlineData("[1].filter(x, x)", "filter needs true or false, not a whole number")]
    [InlineData("'abc'.all(x, true)", "all needs a list or a map, not a text")]
    [InlineData("{1.5: 1}", "a key of a map is a text, a whole number, true or false, not a decimal number")]
    [InlineData("{1: 1, 1: 2}", "a map has a key twice")]
    [InlineData("lenght('a')", "there is no function lenght")]
    [InlineData("'a'.lenght()", "there is no function lenght")]
    [InlineData("'a'.int()", "there is no function int")]
    [InlineData("size(1)", "size cannot read a whole number")]
    [InlineData("'a'.startsWith(1)", "startsWith cannot read a text and a whole number")]
    [InlineData("int('1.5')", "int needs a text that is a whole number")]
    [InlineData("double('x')", "double needs a text that is a number")]
    [InlineData("double('0,5')", "double needs a text that is a number")]
    [InlineData("string([])", "string cannot read a list")]
    [InlineData("has(outcome.x)", "has(x) needs a map, not a text")]
    [InlineData("has(facts.leek.x)", "facts has no field leek")]
    public void What_errs_says_why(string text, string expected)
    {
        var facts = new Dictionary<string, object?> { ["leak"] = "Line 12" };

        Assert.Equal(expected, Error(text, ("facts", facts), ("outcome", "approve")));
    }

    [Fact]
    public void An_error_is_not_true()
    {
        Assert.False(Evaluate("facts.leak").IsTrue);
        Assert.False(Evaluate("'true'").IsTrue);
        Assert.True(Evaluate("true").IsTrue);
    }

    [Fact]
    public void An_error_is_absorbed_where_another_value_decides()
    {
        Assert.Equal(true, Value("rolls || true"));
        Assert.Equal(false, Value("false && rolls"));
        Assert.Equal(false, Value("rolls && false"));
        Assert.Equal(true, Value("[0, 1].exists(x, 1 / x == 1)"));
        Assert.Equal(1L, Value("true ? 1 : rolls"));
        Assert.Equal("rolls is unknown", Error("rolls || 'b' || false"));
    }

    [Fact]
    public void A_long_name_is_cut_in_a_message() =>
        Assert.Equal(
            new ExpressionProblem($"an operator is missing before “{new string('b', 20)}”", 3),
            Problem("a " + new string('b', 500))
        );
}
