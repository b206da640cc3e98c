using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.PersonalModels.Serving;

namespace Republic.Core.PersonalModels;

/// <summary>What a person can choose from where a model is to run on this machine.</summary>
public sealed class LocalModels(
    IDbContextFactory<RepublicDb> databases,
    SharedModels shared,
    ModelVerdicts verdicts,
    QuarantinedModels quarantined
)
{
    /// <summary>The person's own first, then those in the folders that are everybody's.</summary>
    public async Task<IReadOnlyList<LocalModel>> OfAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var own = await db.PersonalModels.AsNoTracking().OwnedBy(owner).Installed().OrderBy(m => m.Name).ToListAsync(ct);
        return
        [
            .. own.Where(model => model.Facts is not { MakesVectors: true }).Select(Of),
            .. shared.ForAnswers().Select(file => new LocalModel(file.Id, IsOwn: false, file.Bytes, TokensPerS: null) { File = file }),
        ];
    }

    /// <summary>The same, each with the verdict whether it fits into the memory that is free now, and whether the model host crashed over it.</summary>
    public async Task<IReadOnlyList<LocalModel>> JudgedAsync(Guid owner, CancellationToken ct)
    {
        var refused = quarantined.List();
        var judged = await verdicts.JudgedAsync(await OfAsync(owner, ct), ct);
        return [.. judged.Select(model => model with { IsQuarantined = model.Sha256 is not null && refused.ContainsKey(model.Sha256) })];
    }

    private static LocalModel Of(PersonalModel model) =>
        new(model.Name, IsOwn: true, model.Bytes, model.Measured!.TokensPerS)
        {
            Id = model.Id,
            ModelId = model.ModelId,
            Sha256 = model.Sha256,
            Measured = model.Measured,
            ContextLength = model.ContextLength,
        };
}
