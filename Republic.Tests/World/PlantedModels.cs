using Republic.Core.PersonalModels;

namespace Republic.Tests.World;

/// <summary>Puts personal models into the database that have no file: for what is done with their rows alone.</summary>
public static class PlantedModels
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <param name="from">The model that it was quantized from.</param>
    public static async Task<Guid> PlantAsync(IRepublic republic, Inhabitant owner, string name, Guid? from = null)
    {
        var model = New(owner, name, from);
        await republic.QueryAsync(db =>
        {
            db.PersonalModels.Add(model);
            return db.SaveChangesAsync();
        });
        return model.Id;
    }

    /// <summary>So many of them, called <c>model-0</c> and so on.</summary>
    public static Task PlantAsync(IRepublic republic, Inhabitant owner, int count) =>
        republic.QueryAsync(db =>
        {
            db.PersonalModels.AddRange(Enumerable.Range(0, count).Select(i => New(owner, $"model-{i}", from: null)));
            return db.SaveChangesAsync();
        });

    private static PersonalModel New(Inhabitant owner, string name, Guid? from) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            OwnerId = owner.Id,
            ModelId = name,
            Name = name,
            Origin = from is null ? ModelOrigin.Upload : ModelOrigin.Quantized,
            QuantizedFrom = from,
            State = ModelState.Failed,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
}
