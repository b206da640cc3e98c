using Republic.Core;
using Republic.Core.Minions;
using Republic.Web.Pages.Models;

namespace Republic.Tests.Unit.Pages;

public sealed class FallbackLinesTests
{
    [Fact]
    public void What_is_shown_is_read_back_in_its_order()
    {
        List<MinionFallback> fallbacks =
        [
            new("groq", "llama-3.3-70b-versatile"),
            new("custom", "My Model Q4", "https://models.example.org/v1"),
            new("local", "sprout"),
        ];
        List<FieldError> unreadable = [];

        Assert.Equal(fallbacks, FallbackLines.Read(FallbackLines.Of(fallbacks), unreadable));
        Assert.Empty(unreadable);
    }

    [Fact]
    public void Blank_lines_and_a_browsers_line_ends_do_not_count()
    {
        List<FieldError> unreadable = [];

        Assert.Equal([new("groq", "a"), new("local", "sprout")], FallbackLines.Read("\r\n groq\ta \r\n\r\nlocal  sprout\r\n", unreadable));
        Assert.Empty(unreadable);
    }

    [Theory]
    [InlineData("groq")]
    [InlineData("custom https://models.example.org/v1")]
    public void A_line_without_a_model_is_said_to_be_one(string line)
    {
        List<FieldError> unreadable = [];

        Assert.Empty(FallbackLines.Read(line, unreadable));
        var error = Assert.Single(unreadable);
        Assert.Equal("fallbacks", error.Field);
        Assert.Contains(line, error.Message);
    }
}
