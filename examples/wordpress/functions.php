<?php
/**
 * Justuju's search in a WordPress theme. Put this into the theme's functions.php, set the address,
 * and write [justuju_search] on a page; [justuju_search index="books" lang="en"] for another collection.
 * Articles come in by `npm run seed -- https://your-site.example/wp-json/wp/v2/posts` on the machine of Justuju.
 */
const JUSTUJU_HOST = 'http://127.0.0.1:3000';

function justuju_module(): void {
	wp_enqueue_script_module( 'justuju-search', JUSTUJU_HOST . '/search-box.js' );
}
add_action( 'wp_enqueue_scripts', 'justuju_module' );

function justuju_search( $attributes ): string {
	$given = shortcode_atts( array( 'index' => 'articles', 'lang' => 'ur' ), $attributes, 'justuju_search' );
	return sprintf(
		'<justuju-search host="%s" index="%s" lang="%s"></justuju-search>',
		esc_url( JUSTUJU_HOST ),
		esc_attr( $given['index'] ),
		esc_attr( $given['lang'] )
	);
}
add_shortcode( 'justuju_search', 'justuju_search' );
