using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Uploads;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Episodes.Reading;
using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Rows;

/// <summary>Makes a dataset of what a role knew and said in an episode: to train a minion on it. The rows are a copy that stays when the episode goes.</summary>
public sealed class EpisodeDataset(
    IDbContextFactory<RepublicDb> databases,
    EpisodeReader reader,
    DatasetUpload upload,
    DatasetEditor datasets
)
{
    private const string RoleField = "role";

    /// <param name="timeline">Null for the one that is shown.</param>
    public async Task<Outcome<EpisodeDatasetPreview>> PreviewAsync(Guid me, Guid id, Guid? timeline, CancellationToken ct)
    {
        var found = await LoadAsync(me, id, timeline, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        var definition = found.Value.Episode.Machine.Definition;
        var seen = definition.Roles.Where(role => !role.IsDirector && found.Value.Shows(role.Name));
        return new EpisodeDatasetPreview(
            definition.Name,
            found.Value.Episode.Timeline.Id,
            definition.Learner,
            [.. seen.Select(role => found.Value.Rows(role.Name))],
            found.Value.Episode.Viewer.SeesAll
        );
    }

    /// <param name="timeline">Null for the one that is shown.</param>
    /// <returns>The id of the dataset.</returns>
    public async Task<Outcome<Guid>> MakeAsync(Guid me, Guid id, Guid? timeline, EpisodeDatasetInput input, CancellationToken ct)
    {
        var found = await LoadAsync(me, id, timeline, ct);
        var chosen = found.Ok ? Choose(found.Value, input) : found.Failure;
        if (!chosen.Ok)
        {
            return chosen.Failure;
        }

        var (episode, rows) = (found.Value!.Episode, chosen.Value);
        var received = await upload.ReceiveRowsAsync(me, rows.Conversations, ct);
        if (!received.Ok)
        {
            // Nobody sent a file: what is wrong with it is wrong with the choice of a role.
            return received.Failure with { Fields = [.. received.Failure.Fields.Select(error => error with { Field = RoleField })] };
        }

        using var source = received.Value;
        return await datasets.CreateAsync(me, Described(episode, rows, input.Name), source, ct);
    }

    private async Task<Outcome<PlayedEpisode>> LoadAsync(Guid me, Guid id, Guid? timeline, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var loaded = await reader.LoadAsync(db, me, id, timeline, ct);
        if (!loaded.Ok)
        {
            return loaded.Failure;
        }

        if (!loaded.Value.Viewer.IsOwner)
        {
            return Failure.Forbidden("Only whoever began the episode makes a dataset of it.");
        }

        if (loaded.Value.Timeline.State.Phase != EpisodePhase.Over)
        {
            return Failure.Conflict("The episode is not over. Wait until it is, or stop it; then make a dataset of it.");
        }

        var entries = await db.EntriesAsync(loaded.Value.Timeline, upTo: null, ct);
        return new PlayedEpisode(loaded.Value, entries.ConvertAll(entry => EntryData.Parse(entry.Data)));
    }

    private static Outcome<RoleRows> Choose(PlayedEpisode played, EpisodeDatasetInput input)
    {
        var definition = played.Episode.Machine.Definition;
        string[] roles = [.. definition.Roles.Where(one => !one.IsDirector).Select(one => one.Name)];
        var rules = new FieldRules([]);
        rules.Text("name", "The name", input.Name, DatasetTables.MaxName);
        var role = string.IsNullOrWhiteSpace(input.Role) ? definition.Learner : input.Role.Trim();
        if (role is null || !roles.Contains(role))
        {
            var which = role is null
                ? "No role of this scenario is said to learn."
                : $"There is no role “{role.AtMost(60)}” in this scenario.";
            rules.Add(RoleField, $"{which} Choose one of: {string.Join(", ", roles)}.");
            return Failure.Invalid(rules.Errors);
        }

        if (!played.Shows(role))
        {
            return EpisodeJournalReader.Hidden;
        }

        var rows = played.Rows(role);
        if (rows.Problem is { } problem)
        {
            rules.Add(RoleField, problem);
        }

        return rules.Errors.Count > 0 ? Failure.Invalid(rules.Errors) : rows;
    }

    private static DatasetInput Described(LoadedEpisode episode, RoleRows rows, string? name)
    {
        var (scenario, role) = (episode.Machine.Definition.Name, ElementName.Of(rows.Role));
        var day = (episode.Timeline.StartedAt ?? episode.Episode.CreatedAt).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        var others = rows.HasWordsOfOthers ? " Words of other people are in it: what this role was told." : "";
        return new DatasetInput
        {
            Name = (string.IsNullOrWhiteSpace(name) ? $"{scenario}: {role}" : name).AtMost(DatasetTables.MaxName),
            Description =
                $"Made of what “{role}” knew and said in an episode of “{scenario}”, version {episode.Episode.Version}, of {day}.{others} "
                + $"/episodes/{episode.Episode.Id}?timeline={episode.Timeline.Id}",
            DatasetType = "jsonl",
            // Each row holds those before it, and each is one: none is left out.
            Settings = new SettingsInput
            {
                MinTextLength = 0,
                MaxTextLength = RefinerySettings.LongestText,
                NearDuplicateThreshold = 0,
            },
        };
    }

    /// <summary>An episode that is over, with the journal of the timeline that is asked for.</summary>
    private sealed record PlayedEpisode(LoadedEpisode Episode, IReadOnlyList<EntryData> Journal)
    {
        /// <summary>Whether its owner may see what a role knows.</summary>
        public bool Shows(string role) => Episode.Viewer.SeesAll || Episode.Viewer.Roles.Contains(role);

        public RoleRows Rows(string role) => RoleRows.Of(Episode.Machine.Definition, role, Episode.Episode.OwnerId, Journal);
    }
}
