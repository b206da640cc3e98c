using System.Text.Json;
using Republic.Core.Episodes.Control;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;

namespace Republic.Tests.Unit.Episodes;

public sealed class InjectInputTests
{
    private static readonly string[] Roles = ["a", "b"];

    [Theory]
    [InlineData("\"\\ud800\"", "half a character")]
    [InlineData("\"\\u0000\"", "cannot be kept")]
    [InlineData("1e400000", "too many digits")]
    [InlineData("1e-400000", "too many digits")]
    [InlineData("{}", "a list of these")]
    [InlineData("[[1]]", "A list holds")]
    [InlineData("[{\"x\": 1}]", "A list holds")]
    [InlineData("[1e100000]", "too many digits")]
    public void A_fact_that_cannot_be_kept_is_refused(string value, string why) =>
        Assert.Contains(
            why,
            Assert.Single(Fact(value).Problems(Roles), problem => problem.Field == "value").Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_fact_is_not_longer_than_an_entry_may_be()
    {
        var list = JsonSerializer.Serialize(Enumerable.Repeat(new string('x', 200), 100));
        Assert.Contains("10,000 characters", Assert.Single(Fact(list).Problems(Roles)).Message, StringComparison.Ordinal);
        Assert.Contains("missing", Assert.Single((Fact("1") with { Value = null }).Problems(Roles)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_that_is_none_is_no_audience() =>
        Assert.Contains(
            "There is no role",
            Assert
                .Single(
                    (Fact("1") with { Audience = new Audience(AudienceKind.Listed, [null!, "zzz"]) }).Problems(Roles),
                    problem => problem.Field == "audience"
                )
                .Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("1e1", "10")]
    [InlineData("10.0", "10")]
    [InlineData("-0.0", "0")]
    [InlineData("0.50", "0.5")]
    [InlineData("25e-2", "0.25")]
    [InlineData("[1e1, 2.0, true, \"1e1\"]", "[10,2,true,\"1e1\"]")]
    [InlineData("\"1e1\"", "\"1e1\"")]
    [InlineData("false", "false")]
    public void A_number_is_written_in_one_way(string value, string kept)
    {
        var input = Fact(value);
        Assert.Empty(input.Problems(Roles));
        Assert.Equal(kept, JsonSerializer.Serialize(input.ToEvent(Guid.Empty, Roles).Value));
    }

    [Theory]
    [InlineData("1e1")]
    [InlineData("10.0")]
    public void A_condition_reads_the_same_number_wherever_it_is_kept(string value)
    {
        var scenario = EpisodeScenarios.Three(
            "",
            "[{to: other, when: facts.n / 4 == 2}, {to: over, else: true}]",
            more: "facts: {n: {value: 1}}"
        );
        var played = new PlayedMachine(scenario).Start();
        played.Do(Fact(value).ToEvent(Guid.Empty, Roles)).Say("1").Say("2").Say("3");
        Assert.Equal(EndResult.Failure, played.State.Result);
    }

    [Theory]
    [InlineData("   ")]
    [InlineData("\u200B\u2060")]
    public void A_message_has_words(string text)
    {
        var message = new InjectInput(text, null, null, Audience.All);
        Assert.Equal("text", Assert.Single(message.Problems(Roles)).Field);
        Assert.Null((Fact("1") with { Text = text }).ToEvent(Guid.Empty, Roles).Text);
    }

    private static InjectInput Fact(string value) => new(null, "n", JsonSerializer.Deserialize<JsonElement>(value), Audience.All);
}
