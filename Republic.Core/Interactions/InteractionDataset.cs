using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Uploads;
using Republic.Core.Interactions.Lineage;

namespace Republic.Core.Interactions;

/// <summary>Makes the dataset that a run from chats learns from. Its rows are those that the person saw, no more and no fewer.</summary>
public sealed class InteractionDataset(RepublicDb db, DatasetUpload upload, DatasetEditor datasets, TimeProvider time)
{
    public async Task<Outcome<Guid>> CreateAsync(InteractionSet set, CancellationToken ct)
    {
        var received = await upload.ReceiveRowsAsync(set.Minion.OwnerId, InteractionJson.Rows(set.Eligible), ct);
        if (!received.Ok)
        {
            return received.Failure;
        }

        using var source = received.Value;
        // Before the dataset: there is none whose chats are not known.
        db.LearnedPairs.AddRange(set.Eligible.Select(pair => Learned(source.Id, set, pair)));
        await db.SaveChangesAsync(ct);
        var made = await datasets.CreateAsync(set.Minion.OwnerId, Input(set), source, ct);
        if (!made.Ok)
        {
            await ForgetAsync(source.Id);
        }

        return made;
    }

    /// <summary>Deletes the dataset of a run that could not begin.</summary>
    public async Task DeleteAsync(Guid owner, Guid dataset)
    {
        var deleted = await datasets.DeleteAsync(owner, dataset, CancellationToken.None);
        if (deleted.Ok || deleted.Failure.Kind == FailureKind.NotFound)
        {
            await ForgetAsync(dataset);
        }
    }

    private Task<int> ForgetAsync(Guid dataset) =>
        db.LearnedPairs.Where(pair => pair.DatasetId == dataset).ExecuteDeleteAsync(CancellationToken.None);

    private DatasetInput Input(InteractionSet set)
    {
        var day = time.GetUtcNow().ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
        return new DatasetInput
        {
            Name = $"Chats with {set.Minion.Citizen.DisplayName}, {day}".AtMost(DatasetTables.MaxName),
            Description = "Made from chats that teach. Personal data was masked by the rules of that moment.",
            DatasetType = "jsonl",
            Settings = new SettingsInput
            {
                MinTextLength = PairFilter.ShortestResponse,
                MaxTextLength = MessageInput.MaxLength + PairFilter.LongestResponse,
                NearDuplicateThreshold = 0,
            },
        };
    }

    private static LearnedPair Learned(Guid dataset, InteractionSet set, InteractionPair pair) =>
        new()
        {
            DatasetId = dataset,
            MessageId = pair.MessageId,
            ConversationId = pair.ConversationId,
            OwnerId = set.Minion.OwnerId,
            MinionId = set.Minion.Id,
            Hash = pair.Hash,
            MemoryIds = [.. pair.MemoryIds],
            IsCorrection = pair.IsCorrection,
        };
}
