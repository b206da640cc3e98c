using Microsoft.EntityFrameworkCore;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Leaving;

/// <summary>Accounts that are deleted while something of theirs goes on.</summary>
public sealed class LeavingAtWorkTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_that_is_being_written_is_given_up_and_gone()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var person = await republic.NewPersonAsync("Linus");
        var chat = await Chat.BeginAsync(person, vendor, "writer");
        var answer = await chat.SayAsync("Hi");
        await hand.Asked;
        hand.Says("Hel");
        await Until.TrueAsync(async () => Chat.Content(await chat.MessageAsync(answer)) == "Hel");

        await LeaveAsync(person);

        await hand.ClientGone;
        Assert.False(await republic.QueryAsync(db => db.Messages.AnyAsync(m => m.ConversationId == chat.Id, Ct)));
        Assert.False(await republic.QueryAsync(db => db.Conversations.IgnoreQueryFilters().AnyAsync(c => c.OwnerId == person.Id, Ct)));
    }

    [Fact]
    public async Task A_run_that_is_asking_its_minion_asks_no_more_and_is_gone()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var person = await republic.NewPersonAsync("Leila");
        var minion = await person.NewMinionAsync("learner", vendor);
        var dataset = await TrainingWorld.NewDatasetAsync(person, 12);
        await DatasetWorld.EndOfAsync(person, $"{dataset}");
        var run = await TrainingWorld.NewJobAsync(person, minion.Id, [dataset], TrainingWorld.Friendly(repeats: 1));
        await TrainingWorld.StartAsync(person, run);
        await hand.Asked;

        await LeaveAsync(person);

        await hand.ClientGone;
        Assert.False(await republic.QueryAsync(db => db.TrainingJobs.AnyAsync(job => job.Id == run, Ct)));
        Assert.False(await republic.QueryAsync(db => db.Jobs.AnyAsync(job => job.OwnerId == person.Id, Ct)));
    }

    private static async Task LeaveAsync(Inhabitant person)
    {
        using var gone = await person.Api.SendAsync(HttpMethod.Delete, "/api/account/me", new { password = person.Password });
        Assert.Equal(204, (int)gone.StatusCode);
    }
}
