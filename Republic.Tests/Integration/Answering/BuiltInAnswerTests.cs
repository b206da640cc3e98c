using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering;
using Republic.Core.Answering.Clients;
using Republic.Core.Answering.Traces;
using Republic.Core.Minions.Models;
using Republic.Core.Providers.Routing;
using Republic.Tests.World;
using static Republic.Tests.Integration.Answering.MinionCalls;

namespace Republic.Tests.Integration.Answering;

/// <summary>Answers of the built-in model before they are shown: their words, and whether they belong to what was asked.</summary>
public sealed class BuiltInAnswerTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Goodbye = "Goodbye! It was nice to talk with you.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_of_the_built_in_model_with_made_up_words_is_drawn_once_more_before_it_is_shown(bool streamed)
    {
        var model = new ScriptedChatClient(asked =>
            asked == 1 ? "Hello Ingrid, to eat\uFFFD finda." : "Nice to meet you, Ingrid! I am Sage."
        );
        using var client = republic.Client(await BuiltInCallAsync($"Redrawn{streamed}"), model);

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
        using var client = republic.Client(await BuiltInCallAsync($"Lost{streamed}"), model);

        var answer = await AnswerAsync(client, Turns("Hello"), streamed);

        Assert.StartsWith("I lost my words", answer, StringComparison.Ordinal);
        // The message twice, and each of the three nearest that were learned twice: as this minion, and with its name alone.
        Assert.Equal(14, model.Asked.Count);
        Assert.Contains("neither is shown", ReceiptOf(client).Trace!.Find(StageName.Generation)!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_are_held_against_those_of_the_built_in_model_alone_and_only_where_a_person_reads()
    {
        var model = new ScriptedChatClient(_ => "Hello finda.");
        var call = await BuiltInCallAsync("Outside");
        using var program = republic.Client(call with { Audience = AnswerAudience.Program }, model);
        await using var vendor = new FakeVendor();
        var larger = await (await republic.NewPersonAsync("Larger")).NewMinionAsync("sage", vendor);
        using var other = republic.Client(await republic.CallAsync(larger.Id), model);

        Assert.Equal("Hello finda.", await AnswerAsync(program, Turns("Hello"), streamed: false));
        Assert.Equal("Hello finda.", await AnswerAsync(other, Turns("Hello"), streamed: false));
        Assert.Equal(2, model.Asked.Count);
    }

    [Fact]
    public async Task The_second_answer_is_drawn_from_the_last_message_alone()
    {
        var model = new ScriptedChatClient(asked => asked == 1 ? "Hello finda." : Goodbye);
        using var client = republic.Client(await BuiltInCallAsync("Alone"), model);

        Assert.Equal(Goodbye, await AnswerAsync(client, Turns("Hi", "Hello.", "Bye"), streamed: true));

        Assert.Equal("Bye", Assert.Single(model.Asked[1].Messages).Text);
        Assert.Equal(0, model.Asked[1].Options.Temperature);
    }

    [Fact]
    public async Task What_was_quoted_from_help_or_documents_is_no_part_of_what_the_built_in_model_reads()
    {
        var model = new ScriptedChatClient(_ => "You are welcome! Tell me if you need anything else.");
        using var client = republic.Client(await BuiltInCallAsync("Quoted"), model);
        string[] said = ["Hi", "Hello.", "How do I delete a minion?", "This is what the help says:\n\n- Press Delete. [1]", "Thanks"];

        await client.GetResponseAsync(Turns(said), Options, Ct);

        Assert.Equal(["Hi", "Hello.", "Thanks"], Assert.Single(model.Asked).Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task What_was_drawn_freely_is_drawn_again_as_the_likeliest()
    {
        var model = new ScriptedChatClient(asked => asked == 1 ? "Hello finda." : "Hello! I am Sage. How can I help you?");
        using var client = republic.Client(await BuiltInCallAsync("Freely"), model);
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
        using var client = republic.Client(await BuiltInCallAsync($"Meant{streamed}"), model);

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
        using var client = republic.Client(await BuiltInCallAsync($"Far{streamed}"), model);

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
            using var client = republic.Client(call with { Audience = audience }, model);

            await AnswerAsync(client, Turns("Which glaze would you put on a bowl?"), streamed: false);
        }

        Assert.All(model.Asked, asked => Assert.Equal("Which glaze would you put on a bowl?", asked.Messages[^1].Text));
        Assert.Equal(2, model.Asked.Count);
    }

    private async Task<MinionCall> BuiltInCallAsync(string person)
    {
        var owner = await republic.NewPersonAsync(person);
        return await republic.CallAsync((await owner.NewMinionAsync()).Id);
    }
}
