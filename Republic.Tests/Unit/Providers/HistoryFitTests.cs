using System.Text;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;

namespace Republic.Tests.Unit.Providers;

/// <summary>The model host's report of a truncated conversation.</summary>
public sealed class HistoryFitTests
{
    private const string Told = """{"id":"x","choices":[{"delta":{}}],"history":{"length":600,"prompt_tokens":580,"omitted":26}}""";

    [Fact]
    public void It_stands_in_a_whole_answer_and_in_the_first_frame_of_a_stream()
    {
        Assert.Equal(new HistoryFit(600, 580, 26), Of("local", Told, isStream: false));
        Assert.Equal(new HistoryFit(600, 580, 26), Of("local", $"data: {Told}\n\ndata: {{\"choices\":[]}}\n\n", isStream: true));
    }

    [Fact]
    public void Where_it_does_not_stand_everything_was_sent()
    {
        Assert.Null(Of("local", """{"choices":[{"message":{"content":"history"}}]}""", isStream: false));
        Assert.Null(Of("local", "", isStream: false));
        Assert.Null(Of("local", "no JSON", isStream: false));
        Assert.Null(Of("local", """{"history":"long"}""", isStream: false));
    }

    [Fact]
    public void No_provider_elsewhere_says_it()
    {
        Assert.Null(Of("openai", Told, isStream: false));
        Assert.Null(Of("custom", $"data: {Told}\n\n", isStream: true));
    }

    [Fact]
    public void It_is_told_in_a_sentence()
    {
        Assert.Equal(
            "It answers well up to 1,600 tokens, so the oldest 26 messages did not reach it.",
            new HistoryFit(1600, 1580, 26).Text
        );
        Assert.Equal("It answers well up to 600 tokens, so the oldest message did not reach it.", new HistoryFit(600, 580, 1).Text);
        Assert.Equal(
            "It answers well up to 600 tokens. The oldest 2 messages did not reach it; the last exchange and the question did, with 1,700.",
            new HistoryFit(600, 1700, 2).Text
        );
        Assert.Equal("It answers well up to 600 tokens, and was sent all 1,700.", new HistoryFit(600, 1700, 0).Text);
    }

    private static HistoryFit? Of(string provider, string answer, bool isStream) =>
        HistoryFit.Of(ProviderCatalog.Embedded().Find(provider)!, Encoding.UTF8.GetBytes(answer), isStream);
}
