using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Inference.Supervision;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>kill -9 in the middle of an answer: of the web process, of the model host, and of every connection to the database.</summary>
[Collection(nameof(KillableNodes))]
public sealed class KillTests(KillableNodes nodes, ModelRepublic republic) : IClassFixture<ModelRepublic>
{
    [Fact]
    public async Task An_answer_that_died_with_its_process_ends_as_interrupted_and_can_be_given_again()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var mira = await nodes.NewPersonAsync();
        var chat = await Chat.BeginAsync(mira, vendor, "mortal");
        var answer = await chat.SayAsync("Hi");
        hand.Says("Half an ");
        List<StreamedEvent> heard = [];
        using (var stream = await chat.ListenAsync())
        {
            while (Chat.TextOf(heard, answer) != "Half an ")
            {
                heard.Add((await stream.NextAsync())!);
            }

            // The heartbeat saves once a second; what came after the last one dies with the process.
            await Task.Delay(1500, TestContext.Current.CancellationToken);
            await nodes.KillAsync();
        }

        var after = new Chat(mira.At(nodes.Address).Api, chat.Id);
        using var resumed = await after.ListenAsync(heard[^1].Id!);
        var events = await resumed.UntilAsync("done");

        Assert.Equal("interrupted", Chat.State(events[^1].Data["message"]!));
        Assert.Equal("Half an ", Chat.TextOf(events, answer, "Half an "));
        vendor.Answers("A whole answer");
        var again = (await after.RegenerateAsync(answer))["answer_id"]!.GetValue<Guid>();
        Assert.Equal("A whole answer", Chat.Content(await after.EndOfAsync(again)));
    }

    [Fact]
    public async Task An_answer_goes_on_when_the_model_host_died()
    {
        var minion = await republic.Mira.NewMinionAsync("hosted");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var chat = await Chat.BeginAsync(republic.Mira, minion.Id);
            using var stream = await chat.ListenAsync();
            var answer = await chat.SayAsync("Explain a concept from your knowledge");
            var events = await stream.UntilAsync("delta");
            using (var host = Process.GetProcessById(republic.Services.GetRequiredService<ModelHostSupervisor>().Status.ProcessId!.Value))
            {
                host.Kill();
            }

            events.AddRange(await stream.UntilAsync("done"));
            var end = events[^1].Data["message"]!;
            Assert.Equal("complete", Chat.State(end));
            Assert.NotEmpty(Chat.Content(end));
            Assert.Equal(Chat.Content(end), Chat.TextOf(events, answer));
        }
    }

    [Fact]
    public async Task An_answer_outlives_a_database_that_drops_every_connection()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var chat = await Chat.BeginAsync(republic.Mira, vendor, "dropped");
        var answer = await chat.SayAsync("Hi");
        hand.Says("Before ");
        await Until.TrueAsync(async () => Chat.Content(await chat.MessageAsync(answer)).Length > 0);

        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            )
        );
        hand.Says("and after.");
        hand.Ends();

        await Until.TrueAsync(async () =>
        {
            using var read = await republic.Mira.Api.SendAsync(HttpMethod.Get, $"/api/messages/{answer}");
            return read.IsSuccessStatusCode
                && (await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("complete");
        });
        Assert.Equal("Before and after.", Chat.Content(await chat.MessageAsync(answer)));
    }
}
