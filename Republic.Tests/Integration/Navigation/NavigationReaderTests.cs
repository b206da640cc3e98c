using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Chats.Conversations;
using Republic.Core.Episodes.Reading;
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
        await PlayedEpisode.AloneAsync(person, "counted");

        var counts = await republic.Services.GetRequiredService<NavigationReader>().ReadAsync(person.Id, Ct);

        Assert.Equal(new NavigationCounts(1, false, new TasksWaiting(0, 1), 1), counts);
        Assert.Equal(
            new NavigationCounts(
                await republic.Services.GetRequiredService<ConversationReader>().CountWaitingAsync(person.Id, Ct),
                await republic.Services.GetRequiredService<TrainingCards>().IsAnyActiveAsync(person.Id, Ct),
                await republic.Services.GetRequiredService<TaskCards>().CountWaitingAsync(person.Id, Ct),
                await republic.Services.GetRequiredService<EpisodeCards>().CountWaitingAsync(person.Id, Ct)
            ),
            counts
        );
    }

    [Fact]
    public async Task An_episode_counts_while_the_timeline_that_is_shown_waits_for_the_person()
    {
        const string yaml = """
            republic: scenario/1
            name: Decide
            roles: {actor: {}}
            states:
              begin: {type: start, next: [{to: act}]}
              act: {type: action, roles: [actor], prompts: [Act.], next: [{to: fork_in_the_road}]}
              fork_in_the_road: {type: decision, next: [{to: left, manual: Left}, {to: right, manual: Right}]}
              left: {type: end}
              right: {type: end}
            """;
        var (person, other) = (await republic.NewPersonAsync("Decides"), await republic.NewPersonAsync("Plays nothing"));
        var episode = await PlayedEpisode.MakeAsync(person, yaml, new { actor = person.Id });
        Assert.Equal(0, await EpisodesAsync(person));

        await episode.DoAsync("start");
        Assert.Equal((1, 0), (await EpisodesAsync(person), await EpisodesAsync(other)));
        await episode.DoAsync("pause");
        Assert.Equal(0, await EpisodesAsync(person));
        await episode.DoAsync("resume");
        Assert.Equal(1, await EpisodesAsync(person));

        var chosen = await episode.DoAsync("act", new { role = "actor", text = "Done." });
        Assert.Equal(("choice", 1), ((string?)chosen["wait"], await EpisodesAsync(person)));
        await episode.ForkAsync(new { at_seq = chosen["steps"]![0]!["seq"]!.GetValue<long>() });
        Assert.Equal(1, await EpisodesAsync(person));
        await episode.DoAsync("choose", new { to = "left" });
        Assert.Equal(0, await EpisodesAsync(person));
    }

    [Fact]
    public async Task A_choice_counts_for_the_person_who_directs_too()
    {
        const string yaml = """
            republic: scenario/1
            name: Directed
            roles: {writer: {}, head: {director: true}}
            states:
              begin: {type: start, next: [{to: draft}]}
              draft: {type: action, roles: [writer], prompts: [Write it.], next: [{to: good, ask: Is it good?}, {to: poor, else: true}]}
              good: {type: end, result: success}
              poor: {type: end, result: failure}
            """;
        var (owner, director) = (await republic.NewPersonAsync("Begins"), await republic.NewPersonAsync("Directs"));
        await (await SharedTask.MakeAsync(owner)).AcceptedByAsync(director);
        var episode = await PlayedEpisode.MakeAsync(owner, yaml, new { writer = owner.Id, head = director.Id });
        await episode.DoAsync("start");
        Assert.Equal((1, 0), (await EpisodesAsync(owner), await EpisodesAsync(director)));

        Assert.Equal("choice", (string?)(await episode.DoAsync("act", new { role = "writer", text = "Done." }))["wait"]);
        Assert.Equal((1, 1), (await EpisodesAsync(owner), await EpisodesAsync(director)));
    }

    private async Task<int> EpisodesAsync(Inhabitant person) =>
        (await republic.Services.GetRequiredService<NavigationReader>().ReadAsync(person.Id, Ct)).Episodes;
}
