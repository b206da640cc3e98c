using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens.Profiles;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Citizens.Capabilities;

/// <summary>
/// Adds, describes and deletes capabilities of a person and their minions, and strikes entries. The entries themselves come from work alone.
/// </summary>
public sealed class CapabilityEditor(RepublicDb db, LiveEvents live, TimeProvider time)
{
    public const int MostPerCitizen = 100;

    public async Task<Outcome<Guid>> AddAsync(Guid person, Guid citizen, string? name, string? description, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.LockCitizenAsync(person, citizen, ct))
        {
            return Failure.NotFound("citizen");
        }

        var rules = new FieldRules([]);
        rules.Required("name", "The name", name);
        rules.Text("name", "The name", name, Capability.MaxName);
        rules.Text("description", "The description", description, Capability.MaxDescription, isLine: false);
        if (rules.Errors.Count > 0)
        {
            return Failure.Invalid(rules.Errors);
        }

        var now = time.GetUtcNow();
        var made = new Capability
        {
            CitizenId = citizen,
            Name = name!.Trim(),
            Description = string.IsNullOrWhiteSpace(description) ? null : description.Trim(),
            CreatedAt = now,
            UpdatedAt = now,
        };
        var names = await db.Capabilities.Where(c => c.CitizenId == citizen).Select(c => c.NormalizedName).ToListAsync(ct);
        if (names.Contains(made.NormalizedName))
        {
            return Failure.Conflict($"“{made.Name}” is there already, in capitals or not. Choose another name.");
        }

        if (names.Count >= MostPerCitizen)
        {
            return Failure.Conflict($"A citizen has at most {MostPerCitizen} capabilities.");
        }

        db.Capabilities.Add(made);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Publish(person, citizen);
        return made.Id;
    }

    /// <summary>Takes a capability away with its entries; work makes it anew.</summary>
    public async Task<Outcome<Guid>> DeleteAsync(Guid person, Guid citizen, Guid id, CancellationToken ct)
    {
        if (!await db.Citizens.EditableBy(db, person).AnyAsync(c => c.Id == citizen, ct))
        {
            return Failure.NotFound("citizen");
        }

        if (await db.Capabilities.Where(c => c.Id == id && c.CitizenId == citizen).ExecuteDeleteAsync(ct) == 0)
        {
            return Failure.NotFound("capability");
        }

        Publish(person, citizen);
        return id;
    }

    /// <summary>The entry counts no longer. Striking one that is struck is no fault.</summary>
    public Task<Outcome<Guid>> StrikeAsync(Guid person, Guid citizen, Guid entry, CancellationToken ct) =>
        SetStruckAsync(person, citizen, entry, isStruck: true, ct);

    /// <summary>Undoes it.</summary>
    public Task<Outcome<Guid>> RestoreAsync(Guid person, Guid citizen, Guid entry, CancellationToken ct) =>
        SetStruckAsync(person, citizen, entry, isStruck: false, ct);

    private async Task<Outcome<Guid>> SetStruckAsync(Guid person, Guid citizen, Guid entry, bool isStruck, CancellationToken ct)
    {
        if (!await db.Citizens.EditableBy(db, person).AnyAsync(c => c.Id == citizen, ct))
        {
            return Failure.NotFound("citizen");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var entries = db.CapabilityEntries.Where(e => e.Id == entry && e.CitizenId == citizen);
        if (await entries.Select(e => (Guid?)e.CapabilityId).SingleOrDefaultAsync(ct) is not { } capability)
        {
            return Failure.NotFound("entry");
        }

        // Read under the lock: the capability may have been deleted meanwhile.
        await CapabilitySums.LockAsync(db, capability, ct);
        if (await entries.SingleOrDefaultAsync(ct) is not { } found)
        {
            return Failure.NotFound("entry");
        }

        var now = time.GetUtcNow();
        found.StruckAt = isStruck ? found.StruckAt ?? now : null;
        await db.SaveChangesAsync(ct);
        await CapabilitySums.WriteAsync(db, found.CapabilityId, now, ct);
        await transaction.CommitAsync(ct);
        Publish(person, citizen);
        return entry;
    }

    private void Publish(Guid person, Guid citizen) => live.Publish(person, new LiveEvent(CitizenEditor.Changed, citizen, null));
}
