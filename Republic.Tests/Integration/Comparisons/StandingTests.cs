using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Turns;
using Republic.Core.Comparisons;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Comparisons;

/// <summary>How versions have done, in chats and in comparisons.</summary>
public sealed class StandingTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task Votes_and_feedback_are_counted_by_version()
    {
        var minion = (await republic.Jonas.NewMinionAsync($"m-{Guid.CreateVersion7():N}")).Id;
        await PlantedVersions.PlantAsync(republic, minion, drafts: 2);
        var planted = new PlantedChats(republic, republic.Jonas, minion);
        var chat = await planted.ChatAsync();
        await planted.AnswersAsync(chat, 3, score: 0.5, change: answer => answer.MinionVersion = 0);
        await planted.AnswersAsync(chat, 2, score: 1, change: answer => answer.MinionVersion = 1);
        await planted.AnswersAsync(chat, 1, score: null, change: answer => answer.MinionVersion = 1);
        // Version 1 beats the base eight times, loses once, and there is no difference once; a failed third answer takes no part.
        await VotesAsync(minion, 8, best: 1);
        await VotesAsync(minion, 1, best: 0);
        await VotesAsync(minion, 1, best: null);
        await VotesAsync(minion, 3, best: 1, isVoted: false);

        var standings = (
            await republic
                .Services.GetRequiredService<VersionStandings>()
                .ListAsync(republic.Jonas.Id, minion, TestContext.Current.CancellationToken)
        ).Value!;

        Assert.Equal([2, 1, 0], standings.Select(one => one.Version));
        Assert.Equal([false, false, true], standings.Select(one => one.IsLive));
        Assert.Equal([(0, 0, 0), (8, 1, 1), (1, 8, 1)], standings.Select(one => ((int)one.Won, (int)one.Lost, (int)one.Tied)));
        Assert.Equal([(0, 0), (3, 2), (3, 3)], standings.Select(one => ((int)one.Answers, (int)one.Rated)));
        Assert.Equal([null, 1, 0.5], standings.Select(one => one.MeanScore));
        Assert.Equal([null, 0.85, 0.15], standings.Select(one => one.WinRate?.Rate));
        var page = await (await republic.Jonas.BrowserAsync()).ReadAsync($"/training/comparisons?minion={minion}");
        Assert.Contains("85 %", page);
        Assert.Contains("no votes yet", page);
    }

    [Fact]
    public async Task Few_votes_are_too_few_to_tell()
    {
        var minion = (await republic.Jonas.NewMinionAsync($"m-{Guid.CreateVersion7():N}")).Id;
        await PlantedVersions.PlantAsync(republic, minion, drafts: 2);
        await VotesAsync(minion, 9, best: 1);

        var page = await (await republic.Jonas.BrowserAsync()).ReadAsync($"/training/comparisons?minion={minion}");

        Assert.Contains("9 votes, too few to tell", page);
        Assert.DoesNotContain("100 %", page);
    }

    [Fact]
    public async Task Answers_of_a_chat_that_is_deleted_do_not_count()
    {
        var minion = (await republic.Jonas.NewMinionAsync($"m-{Guid.CreateVersion7():N}")).Id;
        await PlantedVersions.PlantAsync(republic, minion, drafts: 1);
        var planted = new PlantedChats(republic, republic.Jonas, minion);
        await planted.AnswersAsync(await planted.ChatAsync(), 1, change: answer => answer.MinionVersion = 1);
        var chat = await planted.ChatAsync();
        await planted.AnswersAsync(chat, 2, change: answer => answer.MinionVersion = 1);

        await republic.Jonas.Api.DeleteAsync($"/api/conversations/{chat}");

        var standings = await republic
            .Services.GetRequiredService<VersionStandings>()
            .ListAsync(republic.Jonas.Id, minion, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), ((int)standings.Value![0].Answers, (int)standings.Value[0].Rated));
    }

    private Task VotesAsync(Guid minion, int count, int? best, bool isVoted = true) =>
        republic.QueryAsync(async db =>
        {
            var now = republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            for (var i = 0; i < count; i++)
            {
                var id = Guid.CreateVersion7();
                db.Comparisons.Add(
                    new Comparison
                    {
                        Id = id,
                        OwnerId = republic.Jonas.Id,
                        MinionId = minion,
                        Prompt = $"Number {i.ToString(CultureInfo.InvariantCulture)}?",
                        IsBlind = false,
                        Seed = 1,
                        CreatedAt = now,
                        VotedAt = isVoted ? now : null,
                        Best = isVoted ? best : null,
                        IsTie = isVoted && best is null,
                        Answers = [.. Enumerable.Range(0, 3).Select(version => Answer(id, minion, version))],
                    }
                );
            }

            return await db.SaveChangesAsync();
        });

    private static ComparisonAnswer Answer(Guid comparison, Guid minion, int version) =>
        new()
        {
            ComparisonId = comparison,
            Position = version,
            MinionId = minion,
            Version = version,
            State = version == 2 ? TurnState.Failed : TurnState.Complete,
            Content = "Here.",
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
}
