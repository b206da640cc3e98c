using Republic.Core.Providers.Prices;

namespace Republic.Web.Pages.Spending;

public sealed class PriceForm
{
    public string? Provider { get; set; }
    public string? Model { get; set; }
    public decimal? Input { get; set; }
    public decimal? Output { get; set; }
    public decimal? CachedInput { get; set; }
    public decimal? CacheWrite { get; set; }
    public string? Note { get; set; }
    public bool ForEverybody { get; set; }

    public PriceInput ToInput() =>
        new()
        {
            Provider = Provider,
            Model = Model,
            Input = Input,
            Output = Output,
            CachedInput = CachedInput,
            CacheWrite = CacheWrite,
            Note = Note,
            ForEverybody = ForEverybody,
        };
}
