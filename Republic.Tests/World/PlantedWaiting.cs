using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Memories;
using Republic.Core.Providers.Calls;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Tests.World;

/// <summary>Puts into the database what the navigation counts for a person, as chats and calls would have left it.</summary>
internal sealed class PlantedWaiting(IRepublic republic, Inhabitant person)
{
    private const string Provider = "openai";

    private readonly DateTimeOffset now = republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <summary>What a minion remembers if the person agrees.</summary>
    public Task<Guid> ProposalAsync(Guid minion, string content) =>
        republic.QueryAsync(async db =>
        {
            var memory = new Memory
            {
                OwnerId = person.Id,
                MinionId = minion,
                Content = content,
                Status = MemoryStatus.Proposed,
                Source = MemorySource.Chat,
                Hash = SHA256.HashData(Encoding.UTF8.GetBytes(content)),
                CreatedAt = now,
                UpdatedAt = now,
            };
            db.Memories.Add(memory);
            await db.SaveChangesAsync();
            return memory.Id;
        });

    /// <summary>A stored key that was in no call yet.</summary>
    public Task<Guid> KeyAsync() =>
        republic.QueryAsync(async db =>
        {
            var key = new Credential
            {
                Id = Guid.CreateVersion7(),
                OwnerId = person.Id,
                Provider = Provider,
                Label = "Main",
                KeySetAt = now.AddMinutes(-10),
                CreatedAt = now.AddMinutes(-10),
                UpdatedAt = now.AddMinutes(-10),
            };
            db.Credentials.Add(key);
            await db.SaveChangesAsync();
            return key.Id;
        });

    /// <param name="minutesAgo">At most ten: since then the key is stored.</param>
    /// <param name="error">Null: it was answered.</param>
    public Task<int> CallAsync(Guid key, int minutesAgo, ProviderErrorKind? error) =>
        republic.QueryAsync(db =>
        {
            db.ModelCalls.Add(
                new ModelCall
                {
                    OwnerId = person.Id,
                    RouteId = Guid.CreateVersion7(),
                    Hop = 0,
                    KeyId = key,
                    Purpose = CallPurpose.Chat,
                    Provider = Provider,
                    Model = "planted",
                    Outcome = error is null ? RouteOutcome.Answered : RouteOutcome.Failed,
                    Error = error,
                    StartedAt = now.AddMinutes(-minutesAgo),
                    DurationMs = 1,
                    LeftMachine = true,
                }
            );
            return db.SaveChangesAsync();
        });
}
