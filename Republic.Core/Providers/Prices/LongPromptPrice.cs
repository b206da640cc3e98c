namespace Republic.Core.Providers.Prices;

/// <param name="Above">So many tokens of a prompt cost as usual; one more, and the whole call costs this.</param>
public sealed record LongPromptPrice(long Above, TokenPrice Price);
