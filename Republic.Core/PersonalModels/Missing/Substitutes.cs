namespace Republic.Core.PersonalModels.Missing;

/// <summary>The models that a person has, as substitutes for those that are missing.</summary>
/// <param name="Users">The minions that name a model here.</param>
/// <param name="BuiltIn">The name of the model that everybody has.</param>
internal sealed record Substitutes(
    IReadOnlyList<RemovedModel> Removed,
    IReadOnlyList<LocalModel> Here,
    ILookup<string, ModelUser> Users,
    string? BuiltIn
)
{
    private const int Most = 3;

    public MissingModel For(string name)
    {
        var removed = Removed.FirstOrDefault(model => model.Name == name);
        return new MissingModel(name, removed is not null, [.. Candidates(removed)], [.. Users[name]]);
    }

    /// <summary>Related models, else the one of about the same size that fits, else the built-in model.</summary>
    private IEnumerable<LocalModel> Candidates(RemovedModel? removed)
    {
        if (removed is not null)
        {
            var related = Here.Where(model => model is { IsOwn: true, IsQuarantined: false } && Kinship(model, removed) > 0)
                .OrderBy(model => model.IsTooLarge)
                .ThenByDescending(model => Kinship(model, removed))
                .ThenBy(model => Math.Abs(model.Bytes - removed.Bytes))
                .Take(Most)
                .ToList();
            if (related.Count > 0)
            {
                return related;
            }

            var alike = Here.Where(model =>
                    model is { IsOwn: true, IsQuarantined: false, IsTooLarge: false } && IsAlike(model.Bytes, removed.Bytes)
                )
                .OrderBy(model => Math.Abs(model.Bytes - removed.Bytes))
                .Take(1)
                .ToList();
            if (alike.Count > 0)
            {
                return alike;
            }
        }

        return Here.Where(model => !model.IsOwn && model.Name == BuiltIn);
    }

    private static int Kinship(LocalModel model, RemovedModel removed) =>
        removed.Sha256 is { } digest && model.Sha256 == digest ? 3
        : removed.Relatives.Contains(model.Id) ? 2
        : model.ModelId == removed.ModelId ? 1
        : 0;

    private static bool IsAlike(long bytes, long other) => bytes <= 2 * other && other <= 2 * bytes;
}
