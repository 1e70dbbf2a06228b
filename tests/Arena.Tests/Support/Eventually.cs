using System.Diagnostics;

namespace Arena.Tests.Support;

/// <summary>Waits for what must come; the limit only ends a hopeless wait.</summary>
internal static class Eventually
{
    public static async Task<bool> IsTrueAsync(Func<Task<bool>> condition, int seconds = 30)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(seconds);)
        {
            if (await condition())
            {
                return true;
            }

            await Task.Delay(20);
        }

        return false;
    }

    public static Task<bool> IsTrueAsync(Func<bool> condition, int seconds = 30) => IsTrueAsync(() => Task.FromResult(condition()), seconds);
}
