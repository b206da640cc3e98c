using Microsoft.Extensions.AI;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;
using static Republic.Tests.Integration.Answering.MinionCalls;

namespace Republic.Tests.Integration.Answering;

/// <summary>Results of tools that are more than the model can hold.</summary>
public sealed class ToolLengthTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static readonly string Long = new('a', 20_000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task They_are_shortened_until_it_answers_and_are_kept_whole(bool streamed)
    {
        var model = new ToolModel(asked =>
            asked switch
            {
                1 => new PlayedTurn("Let me see.", new PlayedCall("c1", "weather", "{}")),
                2 or 3 => throw TooLong(),
                _ => new PlayedTurn("It rains."),
            }
        );
        List<string> events = [];
        var notes = new ToolNotes(events);
        using var client = republic.Client(await CallAsync($"wordy{streamed}", notes), model);

        var answer = await AnswerAsync(client, Turns("Hi"), streamed);

        Assert.EndsWith("It rains.", answer, StringComparison.Ordinal);
        Assert.Equal(4, model.Asked.Count);
        var left = $"\n{new string('a', 1_250)}\n[… shortened: 18750 characters left out]\n";
        Assert.Contains(left, model.Results[0], StringComparison.Ordinal);
        Assert.Equal(["Approved: weather", "begun: weather", "Completed: weather"], events);
        Assert.Equal(Long, notes.Calls[0].Result);
    }

    [Fact]
    public async Task Where_the_shortest_are_too_long_too_the_answer_fails_with_what_the_model_said()
    {
        var model = new ToolModel(asked =>
            asked == 1 ? new PlayedTurn("Let me see.", new PlayedCall("c1", "weather", "{}")) : throw TooLong()
        );
        using var client = republic.Client(await CallAsync("hopeless", new ToolNotes([])), model);

        var error = await Assert.ThrowsAsync<ProviderException>(() => AnswerAsync(client, Turns("Hi"), streamed: true));

        Assert.Equal("It is too long.", error.Message);
        // With 20,000, 5,000, 1,250 and 1,000 characters.
        Assert.Equal(5, model.Asked.Count);
    }

    private static ProviderException TooLong() => new(ProviderErrorKind.ContextTooLong, "Scripted", "It is too long.");

    private async Task<MinionCall> CallAsync(string name, ToolNotes notes)
    {
        await using var vendor = new FakeVendor();
        var minion = await republic.Ada.NewMinionAsync(name.ToLowerInvariant(), vendor);
        var weather = new OfferedTool(AIFunctionFactory.Create(() => Long, "weather")) { Tool = "weather", Asks = _ => false };
        return await republic.CallAsync(minion.Id) with { Tools = new ToolSession(notes) { Offered = [weather] } };
    }
}
