using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.PersonalModels.Installing;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Core.PersonalModels.Managing;

/// <summary>
/// Orders copies of a person's models with fewer bits a weight. Each is a model of its own, which stays when its source is deleted.
/// </summary>
public sealed class ModelCopies(
    RepublicDb db,
    ModelNames names,
    PersonalModelStore store,
    InstallControl install,
    ModelFiles files,
    DiskSpace disk
)
{
    /// <summary>How names of files with 16 or 32 bits a weight end.</summary>
    private static readonly string[] Originals = ["-f16", "-bf16", "-fp16", "-f32"];

    /// <summary>Starts to quantize a model.</summary>
    /// <returns>The id of the copy.</returns>
    public async Task<Outcome<Guid>> QuantizeAsync(Guid owner, Guid id, ModelCopyOrder order, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await store.Quota.LockAsync(db, owner, ct);
        // Locked, so that a concurrent deletion comes before or after it.
        var source = await db
            .PersonalModels.FromSql($"select * from user_personal_models where id = {id} and owner_id = {owner} for update")
            .SingleOrDefaultAsync(ct);
        if (source is null)
        {
            return Failure.NotFound("model");
        }

        var given = order.Type?.Trim() ?? "";
        if (ModelQuantizer.Types.FirstOrDefault(known => known.Equals(given, StringComparison.OrdinalIgnoreCase)) is not { } type)
        {
            var choice = $"Give the type of the copy: {string.Join(" or ", ModelQuantizer.Types)}.";
            return Failure.Invalid("type", given.Length == 0 ? choice : ModelQuantizer.Problem(given)!);
        }

        var size = Size(source, type);
        var refusal = size.Ok ? await RefusalAsync(source, type, size.Value, ct) : size.Failure;
        var named = refusal is null ? await NameAsync(source, type, order.CustomName, ct) : refusal;
        if (!named.Ok)
        {
            return named.Failure;
        }

        var copy = store.New(owner, Guid.CreateVersion7(), ModelOrigin.Quantized, source.ModelId, source.Id);
        (copy.Name, copy.Variant, copy.Bytes, copy.State) = (named.Value, type, size.Value, ModelState.Quantizing);
        db.PersonalModels.Add(copy);
        var job = install.Order(copy);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await install.StartAsync(job);
        return copy.Id;
    }

    /// <summary>The bytes that the copy takes at most, or why there can be none.</summary>
    private Outcome<long> Size(PersonalModel source, string type)
    {
        if (source.Sha256 is not { } digest)
        {
            return Failure.Conflict($"“{source.Name}” is not installed yet. Quantize it when its file is complete.");
        }

        try
        {
            return ModelQuantizer.StoredIn(files.PathOf(digest)) is { } stored
                ? Failure.Conflict(
                    $"“{source.Name}” is stored in {stored} already. Quantize a file with 16 or 32 bits a weight, such as its F16 variant."
                )
                : QuantizedSize.Of(files.PathOf(digest), type);
        }
        catch (Exception error) when (error is IOException or GgufException)
        {
            return Failure.Conflict($"The file of “{source.Name}” cannot be read. Delete the model, and add it again.");
        }
    }

    private async Task<Failure?> RefusalAsync(PersonalModel source, string type, long bytes, CancellationToken ct)
    {
        var copies = db.PersonalModels.OwnedBy(source.OwnerId).Where(m => m.QuantizedFrom == source.Id && m.Variant == type);
        if (await copies.Select(m => m.Name).FirstOrDefaultAsync(ct) is { } same)
        {
            return Failure.Conflict(
                $"“{same}” is a copy of “{source.Name}” in {type} already. Use that one, or delete it before you make another."
            );
        }

        if (await store.Quota.NewRefusalAsync(db, source.OwnerId, bytes, ct) is { } full)
        {
            return full;
        }

        var space = disk.Reserve(bytes);
        space.Value?.Dispose();
        return space.Failure;
    }

    private async Task<Outcome<string>> NameAsync(PersonalModel source, string type, string? given, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(given))
        {
            return await names.CheckAsync(db, source.OwnerId, given, self: null, ct);
        }

        // “llama-f16” becomes “llama-q8_0”.
        var ending = Array.Find(Originals, original => source.Name.EndsWith(original, StringComparison.OrdinalIgnoreCase)) ?? "";
        var stem = source.Name[..^ending.Length];
        return await names.FreeAsync(db, source.OwnerId, $"{stem}-{type}", ct);
    }
}
