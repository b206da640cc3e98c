using System.Collections.Immutable;
using System.Text.Json;
using Republic.Core.Episodes;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Tests.Unit.Episodes;

public sealed class EntryDataTests
{
    [Fact]
    public void An_entry_from_before_roles_were_described_is_read_and_written_as_it_was()
    {
        const string Old =
            """{"event":{"kind":"swapped","by":"00000000-0000-0000-0000-000000000001","role":"developer","member":{"citizen":"00000000-0000-0000-0000-000000000002","is_person":false},"seq":2,"at":"1970-01-01T00:00:01+00:00","random":0},"effects":[]}""";

        var entry = EntryData.Parse(Old);

        Assert.Null(Assert.IsType<EpisodeEvent.Swapped>(entry.Event).Member.Description);
        Assert.Equal(Old, entry.ToJson());
    }

    [Fact]
    public void How_a_role_is_played_is_kept_with_who_plays_it()
    {
        var member = new CastMember(EpisodeScenarios.PlayerOf("developer"), IsPerson: false) { Description = "is new in the team" };
        var cast = ImmutableSortedDictionary<string, CastMember>.Empty.Add("developer", member);
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Do(
            new EpisodeEvent.Started(cast, new ScenarioLimits(), ImmutableSortedDictionary<string, JsonElement>.Empty)
        );

        var read = (EpisodeEvent.Started)EntryData.Parse(played.Entries[0].ToJson()).Event;

        Assert.Equal(member, read.Cast["developer"]);
        Assert.Equal(member, played.State.Cast["developer"]);
    }
}
