using Republic.Web.Pages.Shared;

namespace Republic.Tests.Unit.Pages;

public sealed class MarkedTextTests
{
    [Fact]
    public void Every_place_is_marked_whatever_its_case()
    {
        var text = MarkedText.Found("Refund? A refund it is, REFUND", "refund");

        Assert.Equal(["Refund", "refund", "REFUND"], text.Parts.Where(part => part.Differs).Select(part => part.Text));
        Assert.Equal("Refund? A refund it is, REFUND", string.Concat(text.Parts.Select(part => part.Text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("absent")]
    public void Without_a_find_the_text_is_one_part(string? words) =>
        Assert.Equal([new DiffPart("some text", false)], MarkedText.Found("some text", words).Parts);
}
