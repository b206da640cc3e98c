using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;
using Republic.Core.Memories;

namespace Republic.Core.Archives.Exporting.Parts;

/// <summary>What minions remember of the person, a line each.</summary>
internal sealed class MemoryExport : IExportPart
{
    public string Kind => ArchiveKinds.Memories;

    public async Task<int> WriteAsync(ExportScope scope, CancellationToken ct)
    {
        var count = 0;
        await scope.Writer.WriteAsync(
            ArchiveFormat.Memories,
            async stream =>
            {
                var memories = scope.Db.Memories.AsNoTracking().OwnedBy(scope.Person).OrderBy(m => m.Id);
                await foreach (var memory in memories.AsAsyncEnumerable().WithCancellation(ct))
                {
                    await JsonSerializer.SerializeAsync(stream, RecordOf(memory), ArchiveJson.Options, ct);
                    await stream.WriteAsync(ArchiveLines.End, ct);
                    count++;
                }
            },
            ct
        );
        return count;
    }

    private static ArchivedMemory RecordOf(Memory memory) =>
        new(memory.Id, memory.MinionId, memory.Content, memory.Status, memory.Source)
        {
            Importance = memory.Importance,
            ConversationId = memory.ConversationId,
            MessageId = memory.MessageId,
            EpisodeId = memory.EpisodeId,
            SupersededBy = memory.SupersededBy,
            MetaData = memory.MetaData.ToDictionary(pair => pair.Key, pair => (string?)pair.Value),
            CreatedAt = memory.CreatedAt,
            UpdatedAt = memory.UpdatedAt,
        };
}
