using Republic.Core.Citizens;
using Republic.Core.Interactions;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Minions;
using Republic.Web.Pages.Training.Interactions;

namespace Republic.Tests.Unit.Interactions;

public sealed class InteractionSetTests
{
    private const string Rate = "Rate more answers above 0.7 or correct them.";

    [Theory]
    [InlineData(1, 0, "1 of 100 pairs is ready. " + Rate)]
    [InlineData(87, 0, "87 of 100 pairs are ready. " + Rate)]
    [InlineData(100, 0, null)]
    [InlineData(27, 60, "27 pairs are new since version 2, and the next run needs 40. " + Rate)]
    [InlineData(40, 60, null)]
    [InlineData(1, 500, "1 pair is new since version 2, and the next run needs 20. " + Rate)]
    [InlineData(20, 500, null)]
    public void What_the_version_in_use_learned_is_not_ready_to_be_learned(int eligible, int learned, string? missing) =>
        Assert.Equal(missing, Set((null, eligible), (PairRefusal.TrainedBefore, learned)).Missing);

    [Theory]
    [InlineData(100, 100, "0 pairs are new since the last run, whose version did not go into use, and the next run needs 20. " + Rate)]
    [InlineData(119, 100, "19 pairs are new since the last run, whose version did not go into use, and the next run needs 20. " + Rate)]
    [InlineData(120, 100, null)]
    public void What_a_run_in_vain_learned_is_not_new_to_the_next(int eligible, int tried, string? missing)
    {
        var set = Set((null, eligible));
        Assert.Equal(missing, set.MissingAfter(set.Eligible.Take(tried).Select(pair => Convert.ToHexString(pair.Hash)).ToHashSet()));
    }

    [Fact]
    public void A_run_from_the_base_counts_what_the_version_in_use_learned() =>
        Assert.Equal("87 of 100 pairs are ready. " + Rate, Set((null, 27), (PairRefusal.TrainedBefore, 60)).MissingAnew);

    [Theory]
    [InlineData(0, 0, Rate)]
    [InlineData(3, 0, "Rate more answers above 0.7 or correct them, and let more chats teach Tinker.")]
    [InlineData(0, 1, Rate + " Save the rules for personal data, too: 1 pair waits for them.")]
    public void Only_what_would_help_is_advised(int silent, int undecided, string advice) =>
        Assert.Equal(advice, Set((PairRefusal.NotOptedIn, silent), (PairRefusal.PiiUnreviewed, undecided)).Advice);

    [Theory]
    [InlineData(87, 0, false, "87 pairs from your chats could teach Tinker. A first run needs 100.")]
    [InlineData(1, 0, true, "1 pair from your chats could teach Tinker. The next run needs 100.")]
    [InlineData(27, 60, true, "27 new pairs from your chats could teach Tinker. The next run needs 40.")]
    public void The_head_says_how_many_pairs_the_next_run_needs(int eligible, int learned, bool ran, string lead)
    {
        var sources = ran ? new Dictionary<int, VersionSource> { [2] = new(2, 100, 0, []) } : [];
        Assert.Equal(lead, View(Set((null, eligible), (PairRefusal.TrainedBefore, learned)), sources).Lead);
    }

    [Fact]
    public void Without_pairs_the_next_version_builds_on_nothing()
    {
        Assert.Equal("Nothing new to learn yet.", View(Set((PairRefusal.TrainedBefore, 100)), []).Next);
        Assert.Equal("would learn 1 pair from 1 chat", View(Set((null, 1)), []).Next);
    }

    private static LearningView View(InteractionSet set, Dictionary<int, VersionSource> sources) => new(set, null, null, null, sources);

    private static InteractionSet Set(params (PairRefusal? Refusal, int Count)[] pairs)
    {
        var citizen = new Citizen
        {
            Kind = CitizenKind.Minion,
            DisplayName = "Tinker",
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        var minion = new Minion
        {
            Id = citizen.Id,
            Citizen = citizen,
            OwnerId = Guid.CreateVersion7(),
            Name = "tinker",
            Provider = "local",
            ModelId = "sprout",
            RepublicId = "tinker-00000000",
            RepublicKeyHash = [],
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
            Version = 2,
        };
        var chat = Guid.CreateVersion7();
        var planted = pairs.SelectMany(some => Enumerable.Repeat(some.Refusal, some.Count)).Select(refusal => Pair(chat, refusal));
        return new InteractionSet(minion, LearningSettings.New(minion.OwnerId, minion.Id, DateTimeOffset.UnixEpoch), [.. planted]);
    }

    private static InteractionPair Pair(Guid chat, PairRefusal? refusal) =>
        new(Guid.CreateVersion7(), chat, null, DateTimeOffset.UnixEpoch, "Where?", "Behind the wall.")
        {
            IsCorrection = true,
            Score = null,
            Hash = Guid.CreateVersion7().ToByteArray(),
            Refusal = refusal,
        };
}
