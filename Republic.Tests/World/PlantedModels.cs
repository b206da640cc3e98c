using Republic.Core.PersonalModels;

namespace Republic.Tests.World;

/// <summary>Puts personal models into the database that have no file: for what is done with their rows alone.</summary>
public static class PlantedModels
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <param name="from">The model that it was quantized from.</param>
    public static async Task<Guid> PlantAsync(IRepublic republic, Inhabitant owner, string name, Guid? from = null)
    {
        var model = new PersonalModel
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
        await republic.QueryAsync(db =>
        {
            db.PersonalModels.Add(model);
            return db.SaveChangesAsync();
        });
        return model.Id;
    }
}
