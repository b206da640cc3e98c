using Republic.Core.Answering.Traces;
using Republic.Web.Pages.Chats;

namespace Republic.Tests.Unit.Pages.Chats;

public sealed class SourceLinkTests
{
    private const string Handbook =
        "The harbour office opens at 8 in the morning and closes at 5 in the afternoon. On Sundays it is closed. "
        + "Berths. A berth for a boat up to nine metres costs 14 crowns a night. Longer boats pay 22 crowns a night. "
        + "Diesel is sold at the north pier, and nowhere else, from Monday to Friday and in the mornings alone. "
        + "Bring your own can, since none are lent and none are sold.";

    [Theory]
    [InlineData("Longer boats pay 22 crowns a night.", "… Longer boats pay 22 crowns a night. Diesel")]
    [InlineData("It opens in the morning.", "The harbour office opens at 8")]
    [InlineData("", "The harbour office opens at 8")]
    public void A_source_is_quoted_from_what_the_answer_took_of_it(string answer, string begins)
    {
        var snippet = SourceLink.Snippet(Passage(Handbook), answer);

        Assert.StartsWith(begins, snippet, StringComparison.Ordinal);
        Assert.EndsWith("…", snippet, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_one_is_quoted_whole() =>
        Assert.Equal("Two words. Or more.", SourceLink.Snippet(Passage("Two words.\n\nOr more."), "more"));

    private static CitedPassage Passage(string text) => new(1, Guid.Empty, Guid.Empty, Guid.Empty, "harbour.txt", text, 0.75);
}
