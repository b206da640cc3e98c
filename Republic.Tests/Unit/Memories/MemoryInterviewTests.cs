using Republic.Core.Memories.Learning;

namespace Republic.Tests.Unit.Memories;

public sealed class MemoryInterviewTests
{
    [Theory]
    [InlineData("""{"facts": [{"fact": "I live in Oslo.", "importance": 0.9}]}""", 0.9)]
    [InlineData("""```json {"facts": [{"fact": "I live in Oslo.", "importance": 7}]} ```""", 1)]
    [InlineData("""{"facts": [{"fact": "I live in Oslo."}]}""", 0.5)]
    public void A_fact_is_read_however_the_model_wraps_it(string answer, double importance)
    {
        var fact = Assert.Single(MemoryInterview.Read(answer));

        Assert.Equal(("I live in Oslo.", importance), (fact.Content, fact.Importance));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nothing to remember.")]
    [InlineData("{")]
    [InlineData("}{")]
    [InlineData("""{"facts": "none"}""")]
    [InlineData("""{"facts": [null, 3, {"fact": 5}, {"fact": ""}]}""")]
    public void Anything_else_is_nothing(string answer) => Assert.Empty(MemoryInterview.Read(answer));
}
