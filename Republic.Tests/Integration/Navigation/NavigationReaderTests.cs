using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Chats.Conversations;
using Republic.Core.Navigation;
using Republic.Core.Tasks.Board;
using Republic.Core.Training.Runs;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Navigation;

public sealed class NavigationReaderTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_counts_in_one_query_what_the_nouns_count()
    {
        var (owner, person) = (await republic.NewPersonAsync("Olga"), await republic.NewPersonAsync("Nadia"));
        await (await SharedTask.MakeAsync(owner)).ShareAsync(person);
        await using var vendor = new FakeVendor();
        vendor.Answers("Good day.");
        var chat = await Chat.BeginAsync(person, vendor, "unread");
        await chat.AskAsync("Hi");

        var counts = await republic.Services.GetRequiredService<NavigationReader>().ReadAsync(person.Id, Ct);

        Assert.Equal(new NavigationCounts(1, false, new TasksWaiting(0, 1)), counts);
        Assert.Equal(
            new NavigationCounts(
                await republic.Services.GetRequiredService<ConversationReader>().CountUnreadAsync(person.Id, Ct),
                await republic.Services.GetRequiredService<TrainingCards>().IsAnyActiveAsync(person.Id, Ct),
                await republic.Services.GetRequiredService<TaskCards>().CountWaitingAsync(person.Id, Ct)
            ),
            counts
        );
    }
}
