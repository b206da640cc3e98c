namespace Republic.Core.Minions;

/// <summary>Level L needs 50·L·(L−1) experience points in all, so the next one is always 100·L further.</summary>
public readonly record struct Level(int Number, decimal IntoLevel)
{
    public int ToNext => 100 * Number;

    public decimal Missing => ToNext - IntoLevel;

    public string Title =>
        Number switch
        {
            <= 2 => "beginner",
            <= 4 => "apprentice",
            <= 7 => "adept",
            <= 11 => "expert",
            _ => "master",
        };

    public static Level Of(decimal experience)
    {
        experience = Math.Max(experience, 0);
        var number = Math.Max(1, (int)Math.Floor((1 + Math.Sqrt(1 + (double)experience / 12.5)) / 2));
        // The square root may land a hair beside a whole number; the sums below are exact.
        while (experience >= Needed(number + 1))
        {
            number++;
        }

        while (experience < Needed(number))
        {
            number--;
        }

        return new Level(number, experience - Needed(number));
    }

    private static decimal Needed(int level) => 50m * level * (level - 1);
}
