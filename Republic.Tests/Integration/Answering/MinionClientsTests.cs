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

namespace Republic.Tests.Integration.Answering;

/// <summary>The one client by which a minion is asked, with a model that does as the test says.</summary>
public sealed class MinionClientsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Goodbye = "Goodbye! It was nice to talk with you.";
    private const string Known = "The reactor is cooled with water from the lake.";
    private static readonly ChatOptions Options = new() { Instructions = "You are Sage." };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_in_the_journal_before_the_model_is_asked_and_its_answer_afterwards()
    {
        List<string> events = [];
        var journal = new CallNotes(events);
        var model = new ScriptedChatClient(_ =>
        {
            events.Add("asked");
            return "Hello.";
        });
        using var client = Client(await CallAsync("Keeper"), journal, model);

        await client.GetResponseAsync(Turns("Hi"), Options, Ct);

        Assert.Equal(["begun", "asked", "ended: Hello."], events);
        Assert.Equal(journal.Key, model.Asked[0].Options.IdempotencyKey());
        Assert.Equal((AnswerEnd.Complete, 7, 3), (journal.Receipt!.End, journal.Receipt.PromptTokens, journal.Receipt.CompletionTokens));
    }

    [Fact]
    public async Task A_call_that_fails_stays_begun_and_a_stream_has_no_journal()
    {
        List<string> events = [];
        var model = new ScriptedChatClient(_ => throw Failing(ProviderErrorKind.Unavailable));
        using var client = Client(await CallAsync("Unlucky"), new CallNotes(events), model);

        await Assert.ThrowsAsync<ProviderException>(() => client.GetResponseAsync(Turns("Hi"), Options, Ct));

        Assert.Equal(["begun"], events);
        Assert.Throws<NotSupportedException>(() => client.GetStreamingResponseAsync(Turns("Hi"), Options, Ct));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_question_that_is_too_long_is_asked_with_less_before_it(bool streamed)
    {
        var model = new ScriptedChatClient(asked => asked < 3 ? throw Failing(ProviderErrorKind.ContextTooLong) : "Short.");
        using var client = Client(await CallAsync($"Brief{streamed}"), null, model);

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
        using var client = Client(call, null, model);

        var answer = await AnswerAsync(client, Turns("How is the reactor cooled?"), streamed);

        Assert.StartsWith("My model did not answer: It is down.", answer, StringComparison.Ordinal);
        Assert.Contains("water from the lake", answer, StringComparison.Ordinal);
        var generation = ReceiptOf(client).Trace!.Find(StageName.Generation)!;
        Assert.Equal((StageStatus.Failed, "It is down."), (generation.Status, generation.Reason));

        using var measured = Client(call with { Audience = AnswerAudience.Training }, null, model);
        await Assert.ThrowsAsync<ProviderException>(() => AnswerAsync(measured, Turns("How is the reactor cooled?"), streamed));
    }

    [Fact]
    public async Task Stages_are_told_as_they_end_and_what_they_settle_asks_no_model()
    {
        var model = new ScriptedChatClient(_ => "Never asked.");
        using var client = Client(await CallAsync("Silent", Known), null, model);

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
        using var client = Client(await CallAsync("Plain", Known) with { Pipeline = null }, null, model);

        Assert.Equal("Alone.", await AnswerAsync(client, Turns("How is the reactor cooled?"), streamed: false));

        Assert.Equal("How is the reactor cooled?", Assert.Single(model.Asked).Messages[^1].Text);
        Assert.Null(ReceiptOf(client).Trace);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_of_the_built_in_model_with_made_up_words_is_drawn_once_more_before_it_is_shown(bool streamed)
    {
        var model = new ScriptedChatClient(asked =>
            asked == 1 ? "Hello Ingrid, to eat\uFFFD finda." : "Nice to meet you, Ingrid! I am Sage."
        );
        using var client = Client(await BuiltInCallAsync($"Redrawn{streamed}"), null, model);

        Assert.Equal("Nice to meet you, Ingrid! I am Sage.", await AnswerAsync(client, Turns("My name is Ingrid"), streamed));

        Assert.Equal(2, model.Asked.Count);
        Assert.Equal(0.3f, model.Asked[1].Options.Temperature);
        var generation = ReceiptOf(client).Trace!.Find(StageName.Generation)!;
        Assert.Equal(StageStatus.Done, generation.Status);
        Assert.Equal("The first answer had made-up words (“finda”, “\uFFFD”) and was drawn again.", generation.Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_both_answers_have_made_up_words_neither_is_shown(bool streamed)
    {
        var model = new ScriptedChatClient(asked => $"Hello finda {new string('x', asked)}.");
        using var client = Client(await BuiltInCallAsync($"Lost{streamed}"), null, model);

        var answer = await AnswerAsync(client, Turns("Hello"), streamed);

        Assert.StartsWith("I lost my words", answer, StringComparison.Ordinal);
        // The message twice, and twice the nearest that was learned.
        Assert.Equal(4, model.Asked.Count);
        Assert.Contains("neither is shown", ReceiptOf(client).Trace!.Find(StageName.Generation)!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_are_held_against_those_of_the_built_in_model_alone_and_only_where_a_person_reads()
    {
        var model = new ScriptedChatClient(_ => "Hello finda.");
        var call = await BuiltInCallAsync("Outside");
        using var program = Client(call with { Audience = AnswerAudience.Program }, null, model);
        using var other = Client(await CallAsync("Larger"), null, model);

        Assert.Equal("Hello finda.", await AnswerAsync(program, Turns("Hello"), streamed: false));
        Assert.Equal("Hello finda.", await AnswerAsync(other, Turns("Hello"), streamed: false));
        Assert.Equal(2, model.Asked.Count);
    }

    [Fact]
    public async Task The_second_answer_is_drawn_from_the_last_message_alone()
    {
        var model = new ScriptedChatClient(asked => asked == 1 ? "Hello finda." : Goodbye);
        using var client = Client(await BuiltInCallAsync("Alone"), null, model);

        Assert.Equal(Goodbye, await AnswerAsync(client, Turns("Hi", "Hello.", "Bye"), streamed: true));

        Assert.Equal("Bye", Assert.Single(model.Asked[1].Messages).Text);
        Assert.Equal(0, model.Asked[1].Options.Temperature);
    }

    [Fact]
    public async Task What_was_quoted_from_help_or_documents_is_no_part_of_what_the_built_in_model_reads()
    {
        var model = new ScriptedChatClient(_ => "You are welcome! Tell me if you need anything else.");
        using var client = Client(await BuiltInCallAsync("Quoted"), null, model);
        string[] said = ["Hi", "Hello.", "How do I delete a minion?", "This is what the help says:\n\n- Press Delete. [1]", "Thanks"];

        await client.GetResponseAsync(Turns(said), Options, Ct);

        Assert.Equal(["Hi", "Hello.", "Thanks"], Assert.Single(model.Asked).Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task What_was_drawn_freely_is_drawn_again_as_the_likeliest()
    {
        var model = new ScriptedChatClient(asked => asked == 1 ? "Hello finda." : "Hello! I am Sage. How can I help you?");
        using var client = Client(await BuiltInCallAsync("Freely"), null, model);
        var options = new ChatOptions { Instructions = "You are Sage.", Temperature = 0.7f };

        Assert.Equal("Hello! I am Sage. How can I help you?", (await client.GetResponseAsync(Turns("Hello"), options, Ct)).Text);

        Assert.Equal([0.7f, 0], model.Asked.Select(asked => asked.Options.Temperature));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_of_the_built_in_model_to_something_else_is_asked_for_again_in_words_that_it_learned(bool streamed)
    {
        var model = new ScriptedChatClient(asked => asked == 1 ? "Open Account and press Sign out." : Goodbye);
        using var client = Client(await BuiltInCallAsync($"Meant{streamed}"), null, model);

        Assert.Equal(Goodbye, await AnswerAsync(client, Turns("Hi", "Hello.", "okay, see you tomorrow then"), streamed));

        Assert.Equal(2, model.Asked.Count);
        var asked = Assert.Single(model.Asked[1].Messages).Text;
        var generation = ReceiptOf(client).Trace!.Find(StageName.Generation)!;
        Assert.Equal($"The built-in model was asked what it learned and is nearest: “{asked}”.", generation.Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_that_is_near_to_nothing_the_built_in_model_learned_is_declined(bool streamed)
    {
        var model = new ScriptedChatClient(_ =>
            "I do not know that, I am only a small model. With a larger model your minion could answer."
        );
        using var client = Client(await BuiltInCallAsync($"Far{streamed}"), null, model);

        await AnswerAsync(client, Turns("Which glaze would you put on a salt-fired stoneware bowl?"), streamed);

        var asked = Assert.Single(Assert.Single(model.Asked).Messages).Text;
        Assert.DoesNotContain("glaze", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_program_or_a_measurement_asks_is_asked_as_it_is()
    {
        var model = new ScriptedChatClient(_ => "Open Account and press Sign out.");
        var call = await BuiltInCallAsync("AsItIs");
        foreach (var audience in new[] { AnswerAudience.Program, AnswerAudience.Training })
        {
            using var client = Client(call with { Audience = audience }, null, model);

            await AnswerAsync(client, Turns("Which glaze would you put on a bowl?"), streamed: false);
        }

        Assert.All(model.Asked, asked => Assert.Equal("Which glaze would you put on a bowl?", asked.Messages[^1].Text));
        Assert.Equal(2, model.Asked.Count);
    }

    private static ProviderException Failing(ProviderErrorKind kind) => new(kind, "Scripted", "It is down.");

    /// <summary>Turns of the person and the minion by turns, the question last.</summary>
    private static IReadOnlyList<ChatMessage> Turns(params string[] texts) =>
        [.. texts.Select((text, i) => new ChatMessage(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, text))];

    private static AnswerReceipt ReceiptOf(IChatClient client) => client.GetRequiredService<ReceiptClient>().Receipt(AnswerEnd.Complete);

    private static async Task<string> AnswerAsync(IChatClient client, IReadOnlyList<ChatMessage> turns, bool streamed) =>
        streamed
            ? (await client.GetStreamingResponseAsync(turns, Options, Ct).ToChatResponseAsync(Ct)).Text
            : (await client.GetResponseAsync(turns, Options, Ct)).Text;

    private IChatClient Client(MinionCall call, ICallJournal? journal, IChatClient model) =>
        republic.Services.GetRequiredService<MinionClients>().Client(call, journal, model);

    private async Task<MinionCall> BuiltInCallAsync(string person)
    {
        var owner = await republic.NewPersonAsync(person);
        return await CallAsync((await owner.NewMinionAsync()).Id);
    }

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

        return await CallAsync(id);
    }

    private async Task<MinionCall> CallAsync(Guid id)
    {
        var minion = await republic.QueryAsync(db => db.Minions.AsNoTracking().SingleAsync(m => m.Id == id));
        var route = await republic.Services.GetRequiredService<MinionTargets>().RouteAsync(minion, CallPurpose.Chat, Ct);
        return new MinionCall(minion, route.Value!, AnswerAudience.Owner);
    }
}
