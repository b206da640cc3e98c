using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Chats.Conversations;
using Republic.Core.Episodes.Reading;
using Republic.Core.Memories;
using Republic.Core.Navigation;
using Republic.Core.Providers.Overview;
using Republic.Core.Providers.Upstream;
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
        var planted = new PlantedWaiting(republic, person);
        await planted.ProposalAsync((await person.NewMinionAsync("keeper")).Id, "I live in Oslo.");
        await planted.CallAsync(await planted.KeyAsync(), minutesAgo: 1, ProviderErrorKind.BadKey);

        var counts = await CountsAsync(person);

        Assert.Equal(new NavigationCounts(1, false, new TasksWaiting(0, 1), 1, 1, 1), counts);
        Assert.Equal(
            new NavigationCounts(
                await republic.Services.GetRequiredService<ConversationReader>().CountWaitingAsync(person.Id, Ct),
                await republic.Services.GetRequiredService<TrainingCards>().IsAnyActiveAsync(person.Id, Ct),
                await republic.Services.GetRequiredService<TaskCards>().CountWaitingAsync(person.Id, Ct),
                await republic.Services.GetRequiredService<EpisodeCards>().CountWaitingAsync(person.Id, Ct),
                (await republic.Services.GetRequiredService<MemoryCards>().CountAsync(person.Id, minion: null, Ct)).Waiting,
                (await republic.Services.GetRequiredService<ProviderOverview>().ReadAsync(person.Id, Ct)).Count(card =>
                    card.State == ProviderState.KeyRefused
                )
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

    [Fact]
    public async Task A_memory_counts_while_it_is_proposed_and_two_that_contradict_each_other_as_one()
    {
        var (person, other) = (await republic.NewPersonAsync("Remembers"), await republic.NewPersonAsync("Remembers nothing"));
        var minion = (await person.NewMinionAsync("keeper")).Id;
        foreach (var content in (string[])["I live in Oslo.", "I live in Bergen."])
        {
            await person.Api.PostAsync("/api/memories", new { minion_id = minion, content });
        }

        Assert.Equal(1, (await CountsAsync(person)).Memories);
        var proposal = await new PlantedWaiting(republic, person).ProposalAsync(minion, "My dog is called Rex.");
        Assert.Equal((2, 0), ((await CountsAsync(person)).Memories, (await CountsAsync(other)).Memories));

        await person.Api.PostAsync($"/api/memories/{proposal}/accept");
        Assert.Equal(1, (await CountsAsync(person)).Memories);
        var open = (await person.Api.GetAsync("/api/memories/contradictions"))["contradictions"]!.AsArray().Single()!;
        await person.Api.PostAsync($"/api/memories/contradictions/{open["id"]}/settle", new { });
        Assert.Equal(0, (await CountsAsync(person)).Memories);
    }

    [Fact]
    public async Task A_key_counts_from_its_refusal_until_it_is_good_again_or_another_is_stored()
    {
        var (person, other) = (await republic.NewPersonAsync("Refused"), await republic.NewPersonAsync("Not refused"));
        var planted = new PlantedWaiting(republic, person);
        var key = await planted.KeyAsync();
        Assert.Equal(0, (await CountsAsync(person)).RefusedKeys);

        await planted.CallAsync(key, minutesAgo: 9, ProviderErrorKind.BadKey);
        Assert.Equal((1, 0), ((await CountsAsync(person)).RefusedKeys, (await CountsAsync(other)).RefusedKeys));
        // What is wrong with the request says nothing about the key.
        await planted.CallAsync(key, minutesAgo: 8, ProviderErrorKind.BadRequest);
        Assert.Equal(1, (await CountsAsync(person)).RefusedKeys);
        await planted.CallAsync(key, minutesAgo: 7, error: null);
        Assert.Equal(0, (await CountsAsync(person)).RefusedKeys);

        await planted.CallAsync(key, minutesAgo: 6, ProviderErrorKind.BadKey);
        Assert.Equal(1, (await CountsAsync(person)).RefusedKeys);
        var now = republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await republic.QueryAsync(db =>
            db.Credentials.Where(c => c.Id == key).ExecuteUpdateAsync(set => set.SetProperty(c => c.KeySetAt, now), Ct)
        );
        Assert.Equal(0, (await CountsAsync(person)).RefusedKeys);
    }

    private Task<NavigationCounts> CountsAsync(Inhabitant person) =>
        republic.Services.GetRequiredService<NavigationReader>().ReadAsync(person.Id, Ct);

    private async Task<int> EpisodesAsync(Inhabitant person) => (await CountsAsync(person)).Episodes;
}
