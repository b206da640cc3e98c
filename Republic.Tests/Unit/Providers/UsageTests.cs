using System.Text.Json;
using Republic.Core.Providers;
using Republic.Core.Providers.Protocols.OpenAi;

namespace Republic.Tests.Unit.Providers;

public sealed class UsageTests
{
    private const string Counts = "\"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 30, \"total_tokens\": 39}";

    [Fact]
    public void What_the_server_measured_is_taken_from_its_timings()
    {
        var usage = OpenAiAnswer.Usage(JsonElement.Parse($$"""{ {{Counts}}, "timings": {"predicted_n": 30, "predicted_ms": 250.5} }"""))!;

        Assert.Equal(250_500, usage.AdditionalCounts![ModelUsage.GenerationMicroseconds]);
    }

    [Theory]
    [InlineData("""{"predicted_ms": "fast"}""")]
    [InlineData("""{"predicted_ms": -1}""")]
    [InlineData("[]")]
    public void Timings_that_say_nothing_count_for_nothing(string timings)
    {
        var usage = OpenAiAnswer.Usage(JsonElement.Parse($$"""{ {{Counts}}, "timings": {{timings}} }"""))!;

        Assert.Equal((30, null), (usage.OutputTokenCount, usage.AdditionalCounts));
    }
}
