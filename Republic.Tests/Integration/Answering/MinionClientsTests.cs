using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering;
using Republic.Core.Answering.Clients;
using Republic.Core.Answering.Traces;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;
using static Republic.Tests.Integration.Answering.MinionCalls;

namespace Republic.Tests.Integration.Answering;

/// <summary>The one client by which a minion is asked, with a model that does as the test says.</summary>
public sealed class MinionClientsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Known = "The reactor is cooled with water from the lake.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_is_in_the_journal_before_the_model_is_asked_and_its_answer_afterwards(bool streamed)
    {
        List<string> events = [];
        var journal = new CallNotes(events);
        var model = new ScriptedChatClient(_ =>
        {
            events.Add("asked");
            return "Hello.";
        });
        using var client = republic.Client(await CallAsync($"Keeper{streamed}"), model, journal);

        Assert.Equal("Hello.", await AnswerAsync(client, Turns("Hi"), streamed));

        Assert.Equal(["begun", "asked", "ended: Hello."], events);
        Assert.Equal(journal.Key, model.Asked[0].Options.IdempotencyKey());
        Assert.Equal((AnswerEnd.Complete, 7, 3), (journal.Receipt!.End, journal.Receipt.PromptTokens, journal.Receipt.CompletionTokens));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_fails_stays_begun(bool streamed)
    {
        List<string> events = [];
        var model = new ScriptedChatClient(_ => throw Failing(ProviderErrorKind.Unavailable));
        using var client = republic.Client(await CallAsync($"Unlucky{streamed}"), model, new CallNotes(events));

        await Assert.ThrowsAsync<ProviderException>(() => AnswerAsync(client, Turns("Hi"), streamed));

        Assert.Equal(["begun"], events);
    }

    [Fact]
    public async Task A_stream_that_is_left_before_its_end_stays_begun()
    {
        List<string> events = [];
        using var client = republic.Client(await CallAsync("Hasty"), new ScriptedChatClient(_ => "Hello."), new CallNotes(events));

        await foreach (var _ in client.GetStreamingResponseAsync(Turns("Hi"), Options, Ct))
        {
            break;
        }

        Assert.Equal(["begun"], events);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_question_that_is_too_long_is_asked_with_less_before_it(bool streamed)
    {
        var model = new ScriptedChatClient(asked => asked < 3 ? throw Failing(ProviderErrorKind.ContextTooLong) : "Short.");
        using var client = republic.Client(await CallAsync($"Brief{streamed}"), model);

        Assert.Equal("Short.", await AnswerAsync(client, Turns("One", "1", "Two", "2", "Three"), streamed));

        Assert.Equal([5, 3, 1], model.Asked.Select(asked => asked.Messages.Count));
        Assert.All(model.Asked, asked => Assert.Equal("Three", asked.Messages[^1].Text));
        Assert.Equal(4, ReceiptOf(client).OmittedMessages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_the_model_fails_the_passages_are_the_answer_but_never_of_a_measurement(bool streamed)
    {
        var call = await CallAsync($"Lake{streamed}", Known);
        var model = new ScriptedChatClient(_ => throw Failing(ProviderErrorKind.Unavailable));
        using var client = republic.Client(call, model);

        var answer = await AnswerAsync(client, Turns("How is the reactor cooled?"), streamed);

        Assert.StartsWith("My model did not answer: It is down.", answer, StringComparison.Ordinal);
        Assert.Contains("water from the lake", answer, StringComparison.Ordinal);
        var generation = ReceiptOf(client).Trace!.Find(StageName.Generation)!;
        Assert.Equal((StageStatus.Failed, "It is down."), (generation.Status, generation.Reason));

        using var measured = republic.Client(call with { Audience = AnswerAudience.Training }, model);
        await Assert.ThrowsAsync<ProviderException>(() => AnswerAsync(measured, Turns("How is the reactor cooled?"), streamed));
    }

    [Fact]
    public async Task Stages_are_told_as_they_end_and_what_they_settle_asks_no_model()
    {
        var model = new ScriptedChatClient(_ => "Never asked.");
        using var client = republic.Client(await CallAsync("Silent", Known), model);

        List<string> told = [];
        var text = "";
        await foreach (var update in client.GetStreamingResponseAsync(Turns("Who won the chess championship?"), Options, Ct))
        {
            told.AddRange(
                update.Contents.OfType<StageContent>().Select(stages => string.Join(' ', stages.Trace.Stages.Select(s => s.Name)))
            );
            text += update.Text;
        }

        Assert.Equal(["", "Style", "Style Knowledge", "Style Knowledge Generation"], told);
        Assert.StartsWith("I do not know.", text, StringComparison.Ordinal);
        Assert.Empty(model.Asked);
        Assert.Null(ReceiptOf(client).Model);
    }

    [Fact]
    public async Task Without_a_pipeline_the_model_is_asked_alone()
    {
        var model = new ScriptedChatClient(_ => "Alone.");
        using var client = republic.Client(await CallAsync("Plain", Known) with { Pipeline = null }, model);

        Assert.Equal("Alone.", await AnswerAsync(client, Turns("How is the reactor cooled?"), streamed: false));

        Assert.Equal("How is the reactor cooled?", Assert.Single(model.Asked).Messages[^1].Text);
        Assert.Null(ReceiptOf(client).Trace);
    }

    private static ProviderException Failing(ProviderErrorKind kind) => new(kind, "Scripted", "It is down.");

    /// <summary>A call of a person to a minion of theirs, which answers from the passages where there are some.</summary>
    private async Task<MinionCall> CallAsync(string person, params string[] passages)
    {
        var owner = await republic.NewPersonAsync(person);
        var vendor = new FakeVendor();
        var id = (await owner.NewMinionAsync("sage", vendor)).Id;
        await vendor.DisposeAsync();
        if (passages.Length > 0)
        {
            var knowledge = new LinkedKnowledge(republic, owner);
            await knowledge.LinkAsync(id, await knowledge.CollectionAsync("Notes", passages));
        }

        return await republic.CallAsync(id);
    }
}
