namespace Republic.Core.Providers.Prices;

/// <summary>Prices that providers' own lists name. Asked on every call: it answers from memory.</summary>
public interface IListedPrices
{
    /// <returns>Null where the list of that place names none.</returns>
    KnownPrice? Find(ModelTarget target);
}
