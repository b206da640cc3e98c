namespace Republic.Core.Security;

/// <summary>
/// A column of values that <see cref="SecretBox"/> sealed, each for its own row. Whoever has such a column registers it, and a change of
/// the master key seals it anew: <c>services.AddSingleton(MyRow.SealedKeys)</c>.
/// </summary>
/// <param name="IdColumn">The row's id, a UUID.</param>
public sealed record SealedColumn(string Table, string Column, string IdColumn = "id")
{
    public SecretPurpose For(Guid row) => new(Table, Column, row);

    public override string ToString() => $"{Table}.{Column}";
}
