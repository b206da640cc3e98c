using Republic.Web.Pages.Knowledge;

namespace Republic.Tests.Unit.Pages;

public sealed class CodePartTests
{
    [Theory]
    [InlineData("Say:\n\n```python\nx = 1\n```\n\nDone", "Say:\n\n|<```python\nx = 1\n```\n>|\nDone")]
    [InlineData("~~~~\n```\n~~~~", "<~~~~\n```\n~~~~>")]
    [InlineData("```\nnever closed", "<```\nnever closed>")]
    [InlineData("Uses `x` in a line", "Uses `x` in a line")]
    [InlineData("", "")]
    public void Code_stands_between_fences(string text, string parts) =>
        Assert.Equal(parts, Said(CodePart.Of(text, 0, text.Length, CodePart.Places(text))));

    [Fact]
    public void A_part_that_begins_inside_code_is_code_until_its_end()
    {
        const string Text = "A\n```\none\ntwo\n```\nB";
        var code = CodePart.Places(Text);

        Assert.Equal("<two\n```\n>|B", Said(CodePart.Of(Text, Text.IndexOf("two", StringComparison.Ordinal), Text.Length, code)));
        Assert.Equal("<one\n>", Said(CodePart.Of(Text, 6, 10, code)));
    }

    private static string Said(IEnumerable<CodePart> parts) =>
        string.Join('|', parts.Select(part => part.IsCode ? $"<{part.Text}>" : part.Text));
}
